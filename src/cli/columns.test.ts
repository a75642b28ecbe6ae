import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, fill, fit } from './columns.js';

it.each([
  ['plain', 5],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['日本語', 6],
  ['한국어', 6],
  ['ﾊﾝ', 2],
  ['ＡＢ', 4],
  ['👩‍👩‍👧', 2],
  ['🇫🇷', 2],
  ['├─ x…', 5],
  ['a\u200bb', 2],
])('counts the columns of %s', (text, columns) => expect(columnsOf(text)).toBe(columns));

describe('a text in a few columns', () => {
  it('stays as it is where it fits', () => expect(fit('日本', 4)).toBe('日本'));

  it('is cut between characters, and says so', () => {
    expect(fit('abcdef', 4)).toBe('abc…');
    expect(fit('日本語', 4)).toBe('日…');
    expect(fit('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…');
    expect(fit('abc', 0)).toBe('');
  });

  it('takes the columns that it is given and no others', () => {
    expect(fill('日', 4)).toBe('日  ');
    expect(fill('日本語', 4)).toBe('日… ');
    const texts = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(texts, fc.nat(20), (text, columns) => {
        expect(columnsOf(fit(text, columns))).toBeLessThanOrEqual(columns);
        expect(columnsOf(fill(text, columns))).toBe(columns);
      }),
    );
  });
});
