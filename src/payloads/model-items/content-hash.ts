import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { parseExact, printExact, withSortedKeys } from '../../json/exact.js';

/**
 * Lower-case hexadecimal SHA-256 of a JSON value as compact JSON with the keys of every object in the order
 * of their bytes; numbers keep their spelling. So two requests that order keys differently agree.
 */
export const contentSha256 = (json: string): string =>
  bytesToHex(sha256(utf8ToBytes(printExact(withSortedKeys(parseExact(json))))));
