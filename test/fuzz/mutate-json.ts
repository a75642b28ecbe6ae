import type { Random } from '../../bench/generate/random.js';
import { choose, weighted } from './choose.js';
import { scanJson, type Span } from './json-spans.js';
import type { Pool } from './pool.js';
import { brokenValues, bytes, oddKeys, oddValues, words } from './odd-values.js';

interface JsonEdit extends JsonOptions {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** An edited text, or undefined where there is nothing that could be edited so. */
type Editor = (edit: JsonEdit) => string | undefined;

export interface JsonOptions {
  readonly random: Random;
  readonly pool: Pool;
  /** Keep to values that stand in the bundle. */
  readonly gentle: boolean;
}

/** Changes one thing in a JSON text; undefined where the text is no JSON or nothing changed. */
export const mutateJson = (text: string, options: JsonOptions): string | undefined => {
  const spans = scanJson(text);
  const editor = choose(options.random, options.gentle ? gentleEditors : editors);
  if (!spans || !editor) return undefined;
  const edited = editor({ text, spans, ...options });
  return edited === text ? undefined : edited;
};

const splice = (text: string, from: number, to: number, put: string): string =>
  text.slice(0, from) + put + text.slice(to);

const put = (text: string, span: Span, value: string): string => splice(text, span.start, span.end, value);

const textOf = (text: string, span: Span): string => text.slice(span.start, span.end);

const isMember = (span: Span): boolean => span.key !== null;

const replaceOddly: Editor = ({ text, spans, random }) => {
  const span = choose(random, spans);
  const value = choose(random, random.chance(0.8) ? oddValues : brokenValues);
  return span && value !== undefined ? put(text, span, value) : undefined;
};

/** Gives a member a value that a member of that key has elsewhere, or another word of its vocabulary. */
const exchange: Editor = ({ text, spans, random, pool }) => {
  const span = choose(random, spans.filter(isMember));
  if (!span || span.key === null) return undefined;
  const vocabulary = Object.hasOwn(words, span.key) ? words[span.key] : undefined;
  if (vocabulary && random.chance(0.5)) return put(text, span, `"${choose(random, vocabulary) ?? ''}"`);
  const value = choose(random, pool.get(span.key) ?? []);
  return value === undefined ? undefined : put(text, span, value);
};

const swapValues: Editor = ({ text, spans, random }) => {
  const a = choose(random, spans);
  const b = choose(random, spans);
  if (!a || !b || a === b) return undefined;
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  // One inside the other: the outer becomes the inner.
  if (second.start < first.end) return put(text, first, textOf(text, second));
  return put(put(text, second, textOf(text, first)), first, textOf(text, second));
};

const remove: Editor = ({ text, spans, random }) => {
  const span = choose(random, spans);
  const siblings = span?.parent?.children;
  if (!span || !siblings) return undefined;
  const index = siblings.indexOf(span);
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  if (next) return splice(text, span.from, next.from, '');
  return splice(text, previous ? previous.end : span.from, span.end, '');
};

/** Repeats a member or an element, with the same or another value. */
const repeat: Editor = ({ text, spans, random }) => {
  const span = choose(
    random,
    spans.filter((each) => each.parent !== null),
  );
  const other = random.chance(0.5) ? span : choose(random, spans);
  if (!span || !other) return undefined;
  const value = random.chance(0.3) ? (choose(random, oddValues) ?? '') : textOf(text, other);
  return splice(text, span.end, span.end, `,${text.slice(span.from, span.start)}${value}`);
};

const rename: Editor = ({ text, spans, random }) => {
  const span = choose(random, spans.filter(isMember));
  const sibling = span && choose(random, span.parent?.children.filter((each) => each !== span) ?? []);
  if (!span || span.key === null) return undefined;
  const key = random.chance(0.3)
    ? sibling?.key
    : random.chance(0.3)
      ? escapeFirst(span.key)
      : choose(random, oddKeys);
  return splice(text, span.from, span.start, `"${key ?? 'x'}":`);
};

/** Another spelling of the same key. */
const escapeFirst = (key: string): string =>
  /^[ -~]/.test(key) && key[0] !== '\\' ? escaped(key[0] ?? '') + key.slice(1) : key;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const add: Editor = ({ text, spans, random }) => {
  const span = choose(
    random,
    spans.filter(({ kind }) => kind === 'object'),
  );
  if (!span) return undefined;
  const value = choose(random, random.chance(0.9) ? oddValues : brokenValues);
  const comma = span.children.length === 0 ? '' : ',';
  return splice(
    text,
    span.start + 1,
    span.start + 1,
    `"${choose(random, oddKeys) ?? ''}":${value ?? ''}${comma}`,
  );
};

/** Moves an element or a member to the end of its list or object. */
const reorder: Editor = ({ text, spans, random }) => {
  const span = choose(
    random,
    spans.filter((each) => each.parent !== null && each.parent.children.length > 1),
  );
  const last = span?.parent?.children.at(-1);
  if (!span || !last || last === span) return undefined;
  const [a, b] = [text.slice(span.from, span.end), text.slice(last.from, last.end)];
  return splice(splice(text, last.from, last.end, a), span.from, span.end, b);
};

/** Spells the same value in another way. */
const respell: Editor = ({ text, spans, random }) => {
  const span = choose(random, spans);
  if (!span) return undefined;
  const value = textOf(text, span);
  switch (span.kind) {
    case 'string': {
      const index = 1 + random.integer(0, Math.max(0, value.length - 3));
      const character = value[index] ?? '';
      const plain = /^[ !#-[\]-~]$/.test(character) && !value.slice(0, index).endsWith('\\');
      return plain ? put(text, span, splice(value, index, index + 1, escaped(character))) : undefined;
    }
    case 'number':
      return put(text, span, value + (choose(random, ['.0', 'e0', 'E+0', '.50', '0', ' ']) ?? ''));
    default:
      return put(
        text,
        span,
        choose(random, [` ${value}`, `${value}\t`, `\r\n${value} `, `\u00a0${value}`]) ?? '',
      );
  }
};

/** Writes an object as the list of its values, or a word as an object: forms that serde also reads. */
const serdeForm: Editor = ({ text, spans, random }) => {
  const objects = spans.filter(({ kind }) => kind === 'object');
  const span = choose(random, random.chance(0.6) ? objects : spans);
  if (!span) return undefined;
  const value = textOf(text, span);
  if (span.kind === 'object') {
    return put(text, span, `[${span.children.map((child) => textOf(text, child)).join(',')}]`);
  }
  if (span.kind === 'string') return put(text, span, `{${value}:null}`);
  return put(text, span, `[${value}]`);
};

/** Edits the JSON in a string, such as the arguments of a function. */
const inside: Editor = ({ text, spans, ...options }) => {
  const candidates = spans.filter(
    ({ kind, start }) => kind === 'string' && /^"\s*[[{]/.test(text.slice(start, start + 4)),
  );
  const span = choose(options.random, candidates);
  if (!span) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(textOf(text, span));
  } catch {
    return undefined;
  }
  const edited = typeof content === 'string' ? mutateJson(content, options) : undefined;
  return edited === undefined ? undefined : put(text, span, JSON.stringify(edited));
};

/** Changes a letter of a string, or appends to it. */
const retext: Editor = ({ text, spans, random }) => {
  const span = choose(
    random,
    spans.filter(({ kind }) => kind === 'string'),
  );
  if (!span) return undefined;
  const inner = text.slice(span.start + 1, span.end - 1);
  const tail = choose(random, ['x', '2', '\\n', ' ', bytes('é'), '/a', 'A', '\\u0000', '\\\\', '10']) ?? '';
  return put(text, span, `"${inner}${tail}"`);
};

const editors = weighted<Editor>(
  [6, replaceOddly],
  [18, exchange],
  [3, swapValues],
  [4, remove],
  [3, repeat],
  [3, rename],
  [2, add],
  [2, reorder],
  [2, respell],
  [2, serdeForm],
  [4, inside],
  [3, retext],
);

const gentleEditors = weighted<Editor>(
  [20, exchange],
  [2, swapValues],
  [2, remove],
  [2, repeat],
  [2, reorder],
  [6, inside],
  [2, retext],
);
