import { expect, it } from 'vitest';
import { packedPayloads } from './payloads.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

it('puts a payload together from those before it, however long their row is', () => {
  const payloads = packedPayloads();
  payloads.add('0', { base: null, head: 0, tail: 0, body: encode('[]') });
  let text = '[]';
  for (let number = 1; number <= 2000; number += 1) {
    const added = `${number},`;
    payloads.add(String(number), {
      base: String(number - 1),
      head: text.length - 1,
      tail: 1,
      body: encode(added),
    });
    text = `${text.slice(0, -1)}${added}]`;
  }
  expect(payloads.text('2000')).toBe(text);
  expect(payloads.text('3')).toBe('[1,2,3,]');
  expect(payloads.size('3')).toBe(8);
});

it('has no text of a payload that was never told', () => {
  expect(packedPayloads().text('payloads/1.json')).toBeUndefined();
});
