import { JsonSyntaxError } from './syntax-error.js';

/** serde_json gives up at the 128th open array or object. */
export const MAX_DEPTH = 127;

/** What `peek` returns behind the last character. */
export const END_OF_TEXT = -1;

const COMMA = 0x2c;

/** A place in JSON text, with the steps that arrays and objects share. */
export class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is not white space. */
  peek(): number {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    }
    return END_OF_TEXT;
  }

  /** Steps into an array or object; true when it is empty and already closed. */
  enter(depth: number, close: number): boolean {
    if (depth >= MAX_DEPTH) throw this.failure('recursion limit exceeded');
    this.at++;
    const next = this.peek();
    if (next === END_OF_TEXT && close === 0x5d) throw this.failure('EOF while parsing a list');
    if (next === close) this.at++;
    return next === close;
  }

  /** Steps over a comma, or over the end of the container (true). */
  leave(close: number, container: string, otherwise: string): boolean {
    const next = this.peek();
    if (next !== close && next !== COMMA) throw this.unexpected(`EOF while parsing ${container}`, otherwise);
    this.at++;
    return next === close;
  }

  unexpected(atEnd: string, otherwise: string): JsonSyntaxError {
    return this.failure(this.at < this.text.length ? otherwise : atEnd);
  }

  failure(reason: string, at: number = this.at): JsonSyntaxError {
    return new JsonSyntaxError(reason, this.text, at);
  }
}
