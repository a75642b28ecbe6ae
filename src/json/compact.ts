import { parseExact } from './exact-parser.js';
import { mayDiffer } from './parse.js';
import { printExact } from './print.js';
import { JsonSyntaxError } from './syntax-error.js';

export { quoteJson } from './print.js';

/**
 * What serde_json prints compactly after it has parsed `text`; `undefined` when it does not parse.
 *
 * A text that JSON.stringify reproduces has no repeated key, no white space and no number whose spelling
 * serde_json would change, so it is its own compact form.
 */
export function compactJson(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // A text of too many levels, which JSON.stringify cannot print, differs.
  if (!mayDiffer(value, text) && JSON.stringify(value) === text) return text;
  try {
    return printExact(parseExact(text));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Cuts a text of more than `maxBytes` UTF-8 bytes back to a character boundary and marks the cut with `...`. */
export function cutAtBytes(text: string, maxBytes: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= maxBytes) return text;
  let bytes = 0;
  for (let index = 0; index < text.length;) {
    const code = text.codePointAt(index) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > maxBytes) return `${text.slice(0, index)}...`;
    index += code < 0x10000 ? 1 : 2;
  }
  return text;
}
