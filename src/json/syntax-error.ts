const NEWLINE = 0x0a;

/**
 * The text is not JSON.
 *
 * `message` is the bare reason, in the words serde_json uses for it. `line` counts from 1. `column` is the
 * number of UTF-8 bytes read on that line, the offending character included, which is how serde_json counts:
 * 0 when that character is the line break itself. `offset` indexes the text in UTF-16 units.
 */
export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly column: number;
  readonly offset: number;

  constructor(reason: string, text: string, offset: number) {
    super(reason);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
    const read = text.charCodeAt(offset) === NEWLINE ? offset + 1 : offset;
    const lineStart = read === 0 ? 0 : text.lastIndexOf('\n', read - 1) + 1;
    const offending = read === offset && offset < text.length ? 1 : 0;
    this.line = text.slice(0, read).split('\n').length;
    this.column = utf8Length(text.slice(lineStart, read)) + offending;
  }
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
