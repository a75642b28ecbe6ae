import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameReader } from './frames.js';

const encoder = new TextEncoder();
const frame = (text: string): Uint8Array => {
  const body = encoder.encode(text);
  const header = encoder.encode(
    `${JSON.stringify({ type: 'line', line: 1, complete: true, isUtf8: true, length: body.length })}\n`,
  );
  return Uint8Array.from([...header, ...body]);
};

it('reads the same frames wherever the pieces of a stream end', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 40 }), (texts, size) => {
      const bytes = Uint8Array.from(texts.flatMap((text) => [...frame(text)]));
      const read = frameReader();
      const frames = [];
      for (let at = 0; at < bytes.length; at += size) frames.push(...read(bytes.subarray(at, at + size)));
      expect(frames.map(({ body }) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))).toEqual(
        texts,
      );
    }),
  );
});

it('refuses what is no frame', () => {
  const read = frameReader();
  expect(() => read(encoder.encode('{"type":"line","length":-1}\n'))).toThrow('length');
});
