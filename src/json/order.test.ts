import { expect, it } from 'vitest';
import { compareUtf8 } from './order.js';

it('compareUtf8 orders by UTF-8 bytes, which puts astral characters last', () => {
  const sorted = ['', '10', '9', 'B', 'b', 'bb', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '😀'];
  expect([...sorted].reverse().sort(compareUtf8)).toEqual(sorted);
});

it('compareUtf8 is zero for equal texts only', () => {
  expect(compareUtf8('😀', '😀')).toBe(0);
  expect(compareUtf8('a', 'a\0')).toBeLessThan(0);
});
