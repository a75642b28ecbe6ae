import { MAX_DEPTH } from '../json/cursor.js';
import { PRIVATE_NUMBER, PRIVATE_PREFIX, PRIVATE_RAW_VALUE } from '../json/private-keys.js';
import { skipString } from '../json/skip.js';

/**
 * A value as JSON that every reader of bundles takes. What is no Unicode in a string becomes U+FFFD.
 *
 * @throws whatever keeps the value from being JSON: a circle, a BigInt, a getter or `toJSON` that throws, nothing
 *   that has a JSON form, or one that readers refuse.
 */
export const jsonText = (value: unknown): string => {
  // Undefined for undefined and functions, which the type of JSON.stringify does not say.
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} has no JSON form`);
  if (isTooDeep(text)) throw new RangeError(`has more than ${MAX_DEPTH} levels`);
  const reserved = text.includes(RESERVED) && reservedKeys.find((key) => text.includes(`"${key}":`));
  if (reserved) throw new TypeError(`uses the reserved key ${reserved}`);
  return text.includes('\\ud') ? text.replace(ESCAPE, wellFormed) : text;
};

const reservedKeys = [PRIVATE_NUMBER, PRIVATE_RAW_VALUE];
/** How they begin: mostly one search says that there is none. */
const RESERVED = `"${PRIVATE_PREFIX}`;

/** JSON.stringify escapes a surrogate only where it stands alone. */
const ESCAPE = /\\(?:ud[89a-f][0-9a-f]{2}|.)/g;
const wellFormed = (escape: string): string => (escape.length > 2 ? '\ufffd' : escape);

const isTooDeep = (text: string): boolean => {
  // Each level takes two characters.
  if (text.length <= 2 * MAX_DEPTH) return false;
  let levels = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = skipString(text, at);
      continue;
    }
    at++;
    if (code === 0x5b || code === 0x7b) {
      if (++levels > MAX_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) levels--;
  }
  return false;
};
