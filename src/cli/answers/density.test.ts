import { describe, expect, it } from 'vitest';
import { excerpt, plainLines } from './density.js';

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');

describe('recorded text', () => {
  it('is shown line by line, and does nothing', () => {
    expect(plainLines('a\tb\r\n\u001b[2Jc\n')).toEqual(['a    b', '\\u001b[2Jc']);
  });

  it('is shown up to its tenth line, with the number of the others', () => {
    expect(excerpt(numbered(13), 'head').slice(-2)).toEqual(['10', '… 3 more lines (--full shows all)']);
  });

  it('is shown as a whole where that takes no more room, and where it is asked for', () => {
    expect(excerpt(numbered(11), 'head')).toHaveLength(11);
    expect(excerpt(numbered(100), 'full')).toHaveLength(100);
  });
});
