import { type ExactJson, ExactNumber, ExactObject } from './tree.js';

/**
 * Orders two well-formed texts by their UTF-8 bytes, which is code point order and how Rust sorts strings.
 * JavaScript's `<` differs: it puts surrogates, the characters beyond U+FFFF, before U+E000..U+FFFF.
 */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates behind all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Sorts well-formed texts in place, by their UTF-8 bytes. */
export function sortUtf8(texts: string[]): string[] {
  // Without surrogates the order of JavaScript is the same, and comes without a call for each comparison.
  return texts.some((text) => SURROGATE.test(text)) ? texts.sort(compareUtf8) : texts.sort();
}

const SURROGATE = /[\ud800-\udfff]/;

/** The same value with the keys of every object in the order of their bytes. */
export function withSortedKeys(value: ExactJson): ExactJson {
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) return value;
  if (!(value instanceof ExactObject)) return value.map(withSortedKeys);
  const sorted = [...value.entries].toSorted(([a], [b]) => compareUtf8(a, b));
  return new ExactObject(new Map(sorted.map(([key, member]) => [key, withSortedKeys(member)])));
}
