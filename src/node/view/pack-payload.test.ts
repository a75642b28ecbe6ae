import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { packPayload } from './pack-payload.js';

const pack = (text: string, base: string) => {
  const { head, tail, body } = packPayload(Buffer.from(text), Buffer.from(base));
  return [head, Buffer.from(body).toString(), tail];
};

it('keeps only what stands between a common start and a common end', () => {
  expect(pack('[1,2,3]', '[1,2]')).toEqual([4, ',3', 1]);
  expect(pack('abc', 'xyz')).toEqual([0, 'abc', 0]);
  expect(pack('same', 'same')).toEqual([4, '', 0]);
});

it('counts no byte twice where start and end overlap', () => {
  expect(pack('aaaaa', 'aaa')).toEqual([3, 'aa', 0]);
  expect(pack('aaa', 'aaaaa')).toEqual([3, '', 0]);
});

it('gives back the payload with the base', () => {
  const long = fc.string({ maxLength: 3 }).map((text) => text.repeat(3000));
  const text = fc.tuple(long, fc.string(), long).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [bytes, base] = [Buffer.from(a), Buffer.from(b)];
      const { head, tail, body } = packPayload(bytes, base);
      const again = Buffer.concat([base.subarray(0, head), body, base.subarray(base.length - tail)]);
      expect(again.equals(bytes)).toBe(true);
    }),
  );
});
