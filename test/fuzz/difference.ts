import { rmSync } from 'node:fs';
import { isTraceError } from '../../src/errors/trace-error.js';
import { replayBundle } from '../../src/node/replay-bundle.js';
import { printed } from '../helpers/cascade.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import type { Bundle } from './bundle.js';
import { askOriginal, type Answer } from './original.js';

/** The two reductions of one bundle disagree. */
export interface Difference {
  /** The same for differences that look alike. */
  readonly group: string;
  readonly original: string;
  readonly ours: string;
}

/** What this project makes of a bundle: the text of its graph, or why it refuses. */
export type OwnAnswer = { readonly text: string } | { readonly code: string; readonly message: string };

/** What the original answered, and what is different about the decision of this project, if anything is. */
export interface Comparison {
  readonly original: Answer;
  readonly difference: Difference | undefined;
}

/** Reduces a bundle by the original and, strictly, by this project. */
export const compareOnce = async (binary: string, folder: string, bundle: Bundle): Promise<Comparison> => {
  rmSync(folder, { recursive: true, force: true });
  writeFiles(folder, bundle);
  return compareFolder(binary, folder);
};

/** The same for a bundle that is on disk already. */
export const compareFolder = async (binary: string, folder: string): Promise<Comparison> => {
  const [original, ours] = await Promise.all([askOriginal(binary, folder), reduceStrictly(folder)]);
  return { original, difference: differenceOf(original, ours) };
};

const reduceStrictly = async (folder: string): Promise<OwnAnswer> => {
  try {
    return { text: printed(await replayBundle(folder, { strict: true, sliceMs: Infinity })) };
  } catch (error) {
    if (!isTraceError(error)) throw error;
    return { code: error.code, message: error.problem.message };
  }
};

/** Where two answers to the same bundle differ; nothing where the original panics. */
export const differenceOf = (original: Answer, ours: OwnAnswer): Difference | undefined => {
  const own = 'code' in ours ? `refuses: ${ours.message} [${ours.code}]` : 'accepts';
  switch (original.type) {
    // A panic decides nothing: the text that it would have cut is cut by us.
    case 'panic':
      return undefined;
    case 'refusal':
      if ('code' in ours) return undefined;
      return {
        group: `only the original refuses: ${wordsOf(original.causes.join(' // '))}`,
        original: `refuses: ${original.causes.join(' // ')}`,
        ours: own,
      };
    case 'graph':
      if ('code' in ours) {
        const group = `only ours refuses: ${ours.code} ${wordsOf(ours.message)}`;
        return { group, original: 'accepts', ours: own };
      }
      return original.text === ours.text ? undefined : firstDifference(original.text, ours.text);
  }
};

/** A message without ids and numbers. */
const wordsOf = (message: string): string =>
  message
    .replace(/`[^`]*`|"[^"]*"/g, '…')
    .split(/\s+/)
    .map((word) => (/[\d:/\\_]|[^ -~]/.test(word) ? '…' : word))
    .slice(0, 14)
    .join(' ');

/** The first line that differs, and the members that it lies in. */
const firstDifference = (original: string, ours: string): Difference => {
  const [theirLines, ourLines] = [original.split('\n'), ours.split('\n')];
  const at = theirLines.findIndex((line, index) => line !== ourLines[index]);
  const line = at === -1 ? theirLines.length : at;
  const show = (lines: readonly string[]) => lines.slice(line, line + 3).join('\n');
  return {
    group: `other bytes in ${pathTo(theirLines, line)}`,
    original: show(theirLines),
    ours: show(ourLines),
  };
};

/** The table and the members around a line of a printed graph, without the id of the row. */
const pathTo = (lines: readonly string[], line: number): string => {
  const keys: string[] = [];
  let indent = Infinity;
  for (let index = Math.min(line, lines.length - 1); index >= 0; index--) {
    const [, space = '', key] = /^( *)(?:"((?:[^"\\]|\\.)*)": )?/.exec(lines[index] ?? '') ?? [];
    if (space.length >= indent || key === undefined) continue;
    indent = space.length;
    keys.unshift(indent === 4 ? '*' : key);
  }
  return keys.join('.');
};
