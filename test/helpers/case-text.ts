/** Bytes in a line of a `.case` file: JSON in short form where that is exact, else verbatim. */
import { compact, Parser, parseExact, printShort, quoted } from './case-notation.js';

/** Characters a reader or an editor could miss. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]|(?! )\p{Zs}/u;

export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const escapeUnseen = (text: string): string =>
  quoted(text).replace(new RegExp(UNSEEN.source, 'gu'), (found) =>
    found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

export function writeRaw(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (text === undefined) return `base64 ${Buffer.from(bytes).toString('base64')}`;
  return text !== '' && text === text.trim() && !UNSEEN.test(text)
    ? `| ${text}`
    : `raw ${escapeUnseen(text)}`;
}

export function readRaw(text: string): Uint8Array | undefined {
  if (text.startsWith('| ')) return encode(text.slice(2));
  if (text.startsWith('base64 ')) return Uint8Array.from(Buffer.from(text.slice(7), 'base64'));
  if (!text.startsWith('raw "')) return undefined;
  const value: unknown = JSON.parse(text.slice(4));
  return encode(String(value));
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A file of JSON in short form, where it is spelled compactly; else raw. */
export function writeContent(bytes: Uint8Array): string {
  const text = decode(bytes);
  const value = text === undefined || UNSEEN.test(text) ? undefined : parseExact(text, compact);
  return value === undefined ? writeRaw(bytes) : printShort(value);
}

export const readContent = (text: string): Uint8Array => readRaw(text) ?? encode(compact(Parser.whole(text)));
