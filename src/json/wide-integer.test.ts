import { describe, expect, it } from 'vitest';
import { holdsWideInteger } from './wide-integer.js';

describe('an integer of JSON text', () => {
  it.each([
    `${2n ** 64n}`,
    `-${2n ** 63n + 1n}`,
    `${2n ** 128n - 1n}`,
    `-${2n ** 127n}`,
    `{"a":[{"b":${2n ** 64n}}]}`,
  ])('%s is too wide', (json) => {
    expect(holdsWideInteger(json)).toBe(true);
  });

  it.each([
    `${2n ** 64n - 1n}`,
    `-${2n ** 63n}`,
    `${2n ** 128n}`,
    `-${2n ** 127n + 1n}`,
    `${2n ** 64n}.0`,
    `${2n ** 64n}e1`,
    `"${2n ** 64n}"`,
    `{"${2n ** 64n}":1}`,
    '1',
  ])('%s is not', (json) => {
    expect(holdsWideInteger(json)).toBe(false);
  });
});
