import { Cursor, END_OF_TEXT } from './cursor.js';
import { endOfNumber, isNumber } from './number-reader.js';
import { PRIVATE_NUMBER, PRIVATE_RAW_VALUE } from './private-keys.js';
import { readString } from './string-reader.js';
import { JsonSyntaxError } from './syntax-error.js';
import { type ExactJson, ExactNumber, ExactObject } from './tree.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const NOTHING_REPEATED: ReadonlySet<string> = new Set();

/**
 * Parses JSON as strictly as serde_json does into its `Value`: the JSON grammar without extensions, at most
 * 127 levels, paired surrogate escapes only. The text must come from UTF-8, that is, be well-formed.
 *
 * @throws JsonSyntaxError
 */
export function parseExact(text: string): ExactJson {
  return new Parser(new Cursor(text)).document();
}

/** What a reading into a type does otherwise is protected. */
export class Parser {
  protected readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  document(): ExactJson {
    const value = this.value(0);
    if (this.cursor.peek() !== END_OF_TEXT) throw this.cursor.failure('trailing characters');
    return value;
  }

  value(depth: number): ExactJson {
    const code = this.cursor.peek();
    if (code === QUOTE) return this.string();
    if (code === MINUS || (code >= 0x30 && code <= 0x39)) return new ExactNumber(this.number(depth));
    switch (code) {
      case 0x7b:
        return this.object(depth);
      case 0x5b:
        return this.array(depth);
      case 0x74:
        return this.word('true', true);
      case 0x66:
        return this.word('false', false);
      case 0x6e:
        return this.word('null', null);
      default:
        throw this.cursor.unexpected('EOF while parsing a value', 'expected value');
    }
  }

  /** Whether an object with this first key stands for another value. */
  protected isPrivate(key: string): boolean {
    return key === PRIVATE_NUMBER || key === PRIVATE_RAW_VALUE;
  }

  protected element(_index: number, depth: number): ExactJson {
    return this.value(depth);
  }

  /** Undefined leaves the member out. */
  protected member(_key: string, depth: number): ExactJson | undefined {
    return this.value(depth);
  }

  /** The spelling of a number. */
  protected number(_depth: number): string {
    const start = this.cursor.at;
    this.cursor.at = endOfNumber(this.cursor.text, start);
    return this.cursor.text.slice(start, this.cursor.at);
  }

  private string(): string {
    const { value, end } = readString(this.cursor.text, this.cursor.at);
    this.cursor.at = end;
    return value;
  }

  private word(word: string, value: boolean | null): boolean | null {
    const { text, at } = this.cursor;
    for (let index = 0; index < word.length; index++, this.cursor.at++) {
      if (text.charCodeAt(at + index) !== word.charCodeAt(index)) {
        throw this.cursor.unexpected('EOF while parsing a value', 'expected ident');
      }
    }
    return value;
  }

  private array(depth: number): ExactJson {
    if (this.cursor.enter(depth, 0x5d)) return [];
    const elements: ExactJson[] = [];
    for (;;) {
      elements.push(this.element(elements.length, depth + 1));
      if (this.cursor.leave(0x5d, 'a list', 'expected `,` or `]`')) return elements;
      if (this.cursor.peek() === 0x5d) throw this.cursor.failure('trailing comma');
    }
  }

  private object(depth: number): ExactJson {
    if (this.cursor.enter(depth, 0x7d)) return new ExactObject(new Map(), NOTHING_REPEATED);
    let key = this.key('EOF while parsing an object');
    if (this.isPrivate(key)) return this.privateValue(key);
    const entries = new Map<string, ExactJson>();
    let repeated: Set<string> | undefined;
    for (;;) {
      const value = this.member(key, depth + 1);
      if (value !== undefined) {
        if (entries.has(key)) (repeated ??= new Set()).add(key);
        entries.set(key, value);
      }
      if (this.cursor.leave(0x7d, 'an object', 'expected `,` or `}`')) {
        return new ExactObject(entries, repeated ?? NOTHING_REPEATED);
      }
      if (this.cursor.peek() === 0x7d) throw this.cursor.failure('trailing comma');
      key = this.key('EOF while parsing a value');
    }
  }

  /** Reads a key and its colon. */
  private key(atEnd: string): string {
    if (this.cursor.peek() !== QUOTE) throw this.cursor.unexpected(atEnd, 'key must be a string');
    const key = this.string();
    if (this.cursor.peek() !== COLON) {
      throw this.cursor.unexpected('EOF while parsing an object', 'expected `:`');
    }
    this.cursor.at++;
    return key;
  }

  /** Reads the rest of an object that stands for another value; its one key must be the only one. */
  private privateValue(key: string): ExactJson {
    const isQuoted = this.cursor.peek() === QUOTE;
    const start = this.cursor.at;
    const expected = key === PRIVATE_NUMBER ? 'string containing a number' : 'raw value';
    if (!isQuoted) throw this.cursor.unexpected('EOF while parsing a value', `expected ${expected}`);
    const content = this.string();
    const next = this.cursor.peek();
    if (next === COMMA) throw this.cursor.failure('trailing comma');
    if (next !== 0x7d) throw this.cursor.unexpected('EOF while parsing an object', 'trailing characters');
    this.cursor.at++;
    if (key === PRIVATE_NUMBER) {
      if (!isNumber(content)) throw this.cursor.failure('invalid number', start);
      return new ExactNumber(content);
    }
    return this.embedded(content, start);
  }

  /** JSON inside a string. serde counts the levels anew there; an error is reported where the string starts. */
  private embedded(content: string, start: number): ExactJson {
    try {
      return parseExact(content);
    } catch (error) {
      throw error instanceof JsonSyntaxError ? this.cursor.failure(error.message, start) : error;
    }
  }
}
