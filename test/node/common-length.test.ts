import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonLengthOfBuffers } from '../../src/node/common-length-of-buffers.js';
import { commonLength } from '../../src/json/common-length.js';

/** The bytes, so far behind the beginning of their memory. */
const moved = (bytes: Uint8Array, offset: number): Uint8Array => {
  const memory = new Uint8Array(offset + bytes.length);
  memory.set(bytes, offset);
  return memory.subarray(offset);
};
const differingAt = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

it.each([
  ['in a loop', commonLength],
  ['natively', commonLengthOfBuffers],
])('finds %s where two lists of bytes part, wherever they lie in memory', (_how, common) => {
  fc.assert(
    fc.property(
      // Around the sizes of words and of blocks that are compared at a time.
      fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 16_380, max: 16_390 }), fc.constant(40_000)),
      fc.nat(),
      fc.nat({ max: 5 }),
      fc.nat({ max: 5 }),
      fc.nat({ max: 3 }),
      (length, place, left, right, more) => {
        const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
        const at = place % (length + 1);
        const other = differingAt(bytes, at);
        expect(common(moved(bytes, left), moved(other, right))).toBe(at);
        const longer = Uint8Array.from([...bytes, ...Array.from({ length: more }, () => 7)]);
        expect(common(moved(bytes, left), moved(longer, right))).toBe(length);
        expect(common(moved(longer, left), moved(bytes, right))).toBe(length);
      },
    ),
  );
});
