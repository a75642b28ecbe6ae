import { JsonSyntaxError } from './syntax-error.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLAIN_RUN = /[^"\\\x00-\x1f]*/y; // oxlint-disable-line no-control-regex
const HEX = /^[0-9a-fA-F]{4}$/;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A piece of text and the index behind it. */
export interface Read {
  readonly value: string;
  readonly end: number;
}

/** Reads the string whose opening quote is at `start`; surrogate escapes must pair, as in a Rust string. */
export function readString(text: string, start: number): Read {
  let value = '';
  let from = start + 1;
  for (;;) {
    PLAIN_RUN.lastIndex = from;
    PLAIN_RUN.test(text);
    const stop = PLAIN_RUN.lastIndex;
    const code = text.charCodeAt(stop);
    if (code === QUOTE) {
      const run = text.slice(from, stop);
      return { value: value === '' ? run : value + run, end: stop + 1 };
    }
    if (stop >= text.length) throw endOfText(text);
    if (code !== BACKSLASH) {
      throw new JsonSyntaxError(
        'control character (\\u0000-\\u001F) found while parsing a string',
        text,
        stop,
      );
    }
    const escape = readEscape(text, stop + 1);
    value += text.slice(from, stop) + escape.value;
    from = escape.end;
  }
}

/** Reads an escape from the character behind its backslash on. */
function readEscape(text: string, at: number): Read {
  if (at >= text.length) throw endOfText(text);
  const letter = text.charAt(at);
  if (letter !== 'u') {
    const value = SIMPLE.get(letter);
    if (value === undefined) throw new JsonSyntaxError('invalid escape', text, at);
    return { value, end: at + 1 };
  }
  const unit = readHex(text, at + 1);
  const end = at + 5;
  if (unit < 0xd800 || unit > 0xdfff) return { value: String.fromCharCode(unit), end };
  if (unit >= 0xdc00) throw loneSurrogate(text, end - 1);
  expectPairStart(text, end, '\\');
  expectPairStart(text, end + 1, 'u');
  const low = readHex(text, end + 2);
  if (low < 0xdc00 || low > 0xdfff) throw loneSurrogate(text, end + 5);
  return { value: String.fromCharCode(unit, low), end: end + 6 };
}

function readHex(text: string, at: number): number {
  if (at + 4 > text.length) throw endOfText(text);
  const digits = text.slice(at, at + 4);
  if (!HEX.test(digits)) throw new JsonSyntaxError('invalid escape', text, at + 3);
  return Number.parseInt(digits, 16);
}

function expectPairStart(text: string, at: number, character: string): void {
  if (at >= text.length) throw endOfText(text);
  if (text.charAt(at) !== character) {
    throw new JsonSyntaxError('unexpected end of hex escape', text, at);
  }
}

const endOfText = (text: string): JsonSyntaxError =>
  new JsonSyntaxError('EOF while parsing a string', text, text.length);

const loneSurrogate = (text: string, at: number): JsonSyntaxError =>
  new JsonSyntaxError('lone leading surrogate in hex escape', text, at);
