import { LOG_FILE, MANIFEST_FILE } from '../../src/model/files.js';
import type { Bundle } from './bundle.js';
import { isSealed, resealed } from './seal.js';
import { scanJson, type Span } from './json-spans.js';

/** Whether a bundle still shows what is being looked for. */
export type Shows = (bundle: Bundle) => Promise<boolean>;

/**
 * Makes a bundle smaller as long as it shows the same: without files, without lines, without members and
 * elements. `tries` bounds the number of questions.
 */
export const shrink = async (bundle: Bundle, shows: Shows, tries: number): Promise<Bundle> => {
  let best = bundle;
  let left = tries;
  let improved = true;
  const attempt = async (candidate: Bundle): Promise<boolean> => {
    if (left === 0) return false;
    left -= 1;
    if (!(await shows(candidate))) return false;
    best = candidate;
    improved = true;
    return true;
  };
  while (improved && left > 0) {
    improved = false;
    for (let at = linesOf(best).length - 1; at >= 0; at--) {
      const lines = linesOf(best).toSpliced(at, 1);
      const isSmaller =
        isSealed((file) => textOf(best, file)) && (await attempt(withLines(best, resealed(lines))));
      if (!isSmaller) await attempt(withLines(best, lines));
    }
    for (const path of best.keys()) {
      if (path !== LOG_FILE && path !== MANIFEST_FILE) await attempt(without(best, path));
    }
    for (const path of best.keys()) {
      if (path !== LOG_FILE)
        await shrinkText(textOf(best, path), (text) => attempt(withText(best, path, text)));
    }
    for (let at = 0; at < linesOf(best).length; at++) {
      await shrinkText(linesOf(best)[at] ?? '', (text) =>
        attempt(withLines(best, linesOf(best).with(at, text))),
      );
    }
  }
  return best;
};

/** Cuts values out of a JSON text, from its end, one after the other. */
const shrinkText = async (start: string, attempt: (text: string) => Promise<boolean>): Promise<void> => {
  let text = start;
  for (let at = (scanJson(text)?.length ?? 0) - 1; at > 0; at--) {
    const span = scanJson(text)?.[at];
    if (!span) continue;
    const smaller = cut(text, span);
    if (await attempt(smaller)) text = smaller;
  }
};

const cut = (text: string, span: Span): string => {
  const siblings = span.parent?.children ?? [];
  const index = siblings.indexOf(span);
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  return next
    ? text.slice(0, span.from) + text.slice(next.from)
    : text.slice(0, previous ? previous.end : span.from) + text.slice(span.end);
};

const textOf = (bundle: Bundle, path: string): string => bundle.get(path)?.toString('latin1') ?? '';
const linesOf = (bundle: Bundle): string[] => textOf(bundle, LOG_FILE).split('\n');

const without = (bundle: Bundle, path: string): Bundle =>
  new Map([...bundle].filter(([each]) => each !== path));
const withText = (bundle: Bundle, path: string, text: string): Bundle =>
  new Map([...bundle, [path, Buffer.from(text, 'latin1')]]);
const withLines = (bundle: Bundle, lines: readonly string[]): Bundle =>
  withText(bundle, LOG_FILE, lines.join('\n'));
