import { isAscii, isUtf8, transcode } from 'node:buffer';

/** Bytes from which the way around UTF-16 bytes is the faster one. */
const LARGE = 4096;

/** The text, or undefined if the bytes are not UTF-8. A byte order mark stays, and is an error later. */
export const decodeUtf8 = (bytes: Buffer): string | undefined => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return undefined;
  // Twice as fast as decoding large text as it is.
  return bytes.length < LARGE ? bytes.toString('utf8') : transcode(bytes, 'utf8', 'ucs2').toString('ucs2');
};
