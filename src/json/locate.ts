import { skipSpace, skipString, skipValue } from './skip.js';

/**
 * Finds source text inside JSON text without building a tree, where JSON.parse lost a detail such as the
 * spelling of a number. JSON.parse must have accepted the text; its last use of a repeated key wins here too.
 */
export type JsonPath = readonly (string | number)[];

/** The source of the value at `path`, without the white space around it. */
export function sliceAt(text: string, path: JsonPath): string | undefined {
  const start = startAt(text, path);
  return start === undefined ? undefined : text.slice(start, skipValue(text, start));
}

/** The sources of all elements of the array at `path`; `undefined` when there is no array. */
export function elementSlices(text: string, path: JsonPath): string[] | undefined {
  const start = startAt(text, path);
  if (start === undefined || text.charAt(start) !== '[') return undefined;
  const slices: string[] = [];
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charAt(at) !== ']') {
    const end = skipValue(text, at);
    slices.push(text.slice(at, end));
    at = afterComma(text, end);
  }
  return slices;
}

/** Whether the value at `path` is a number that serde reads as an integer: no fraction, exponent or `-0`. */
export function isIntegerAt(text: string, path: JsonPath): boolean {
  const source = sliceAt(text, path);
  return source !== undefined && source !== '-0' && /^-?\d+$/.test(source);
}

/**
 * Whether it is plain to see that all members named `key`, wherever they stand, are null or integers of up to
 * 15 digits. Spares the way to one of them; false says nothing. `key` consists of letters and `_`.
 */
export function showsIntegers(text: string, key: string): boolean {
  return everyMember(text, key, INTEGER_MEMBER);
}

/** The same for members that are objects of nothing but such integers. */
export function showsObjectOfIntegers(text: string, key: string): boolean {
  return everyMember(text, key, MEMBER_OF_INTEGERS);
}

const INTEGER = String.raw`(?:0|-?[1-9]\d{0,14})(?![\d.eE])`;
const INTEGER_MEMBER = new RegExp(String.raw`\s*:\s*(?:null|${INTEGER})`, 'y');
// Every repetition ends at a character that it cannot skip, so that the search stays linear.
const MEMBER_OF_INTEGERS = new RegExp(String.raw`\s*:\s*\{(?:\s*"\w+"\s*:\s*${INTEGER}\s*[,}])+(?<=\})`, 'y');

/** Whether what stands behind each use of a key, as far as the key has its plain spelling, is as `rest` says. */
function everyMember(text: string, key: string, rest: RegExp): boolean {
  if (text.includes('\\u00') && ESCAPED_LETTER.test(text)) return false;
  const quoted = `"${key}"`;
  for (let at = text.indexOf(quoted); at !== -1; at = text.indexOf(quoted, rest.lastIndex)) {
    rest.lastIndex = at + quoted.length;
    if (!rest.test(text)) return false;
  }
  return true;
}

/** A letter or `_` that is written by its number: a key may be spelled so. */
const ESCAPED_LETTER = /\\u00[4-7]/;

function startAt(text: string, path: JsonPath): number | undefined {
  let start: number | undefined = skipSpace(text, 0);
  for (const step of path) {
    start = typeof step === 'string' ? fieldStart(text, start, step) : elementStart(text, start, step);
    if (start === undefined) return undefined;
  }
  return start;
}

function fieldStart(text: string, object: number, key: string): number | undefined {
  if (text.charAt(object) !== '{') return undefined;
  let found: number | undefined;
  let at = skipSpace(text, object + 1);
  while (text.charAt(at) === '"') {
    const keyEnd = skipString(text, at);
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (isKey(text, at, keyEnd, key)) found = value;
    at = afterComma(text, skipValue(text, value));
  }
  return found;
}

function isKey(text: string, start: number, end: number, key: string): boolean {
  if (end - start - 2 === key.length && text.startsWith(key, start + 1)) {
    // A key of backslashes can look like its own source: `\\` stands for one.
    return !key.includes('\\');
  }
  const source = text.slice(start, end);
  return source.includes('\\') && JSON.parse(source) === key;
}

function elementStart(text: string, array: number, index: number): number | undefined {
  if (text.charAt(array) !== '[') return undefined;
  let at = skipSpace(text, array + 1);
  for (let position = 0; at < text.length && text.charAt(at) !== ']'; position++) {
    if (position === index) return at;
    at = afterComma(text, skipValue(text, at));
  }
  return undefined;
}

/** Steps over the comma behind a value; stays at the closing bracket when there is none. */
function afterComma(text: string, at: number): number {
  const next = skipSpace(text, at);
  return text.charAt(next) === ',' ? skipSpace(text, next + 1) : next;
}
