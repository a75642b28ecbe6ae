import { JsonSyntaxError } from './syntax-error.js';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Reads the number at `start` (a digit or `-`) and returns the index behind it. */
export function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  if (!NUMBER.test(text)) throw broken(text, start + 1);
  const end = NUMBER.lastIndex;
  const next = text.charAt(end);
  // The expression takes all digits it may, so a digit behind it follows a leading zero.
  if (next >= '0' && next <= '9') throw broken(text, end);
  if (next === '.' && !/[.eE]/.test(text.slice(start, end))) throw broken(text, end + 1);
  if ((next === 'e' || next === 'E') && !/[eE]/.test(text.slice(start, end))) {
    throw broken(text, end + (/[+-]/.test(text.charAt(end + 1)) ? 2 : 1));
  }
  return end;
}

/** Whether the whole text is one JSON number, without white space. */
export function isNumber(text: string): boolean {
  NUMBER.lastIndex = 0;
  return NUMBER.test(text) && NUMBER.lastIndex === text.length;
}

const broken = (text: string, at: number): JsonSyntaxError =>
  new JsonSyntaxError(at < text.length ? 'invalid number' : 'EOF while parsing a value', text, at);
