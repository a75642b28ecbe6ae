import { describe, expect, it } from 'vitest';
import { aligned, pageFor } from './page.js';

const terminal = { isTTY: true, columns: 40 };

describe('a page', () => {
  it('is plain and never cut in a pipe', () => {
    const { width, style } = pageFor({ columns: 40 }, {});
    expect(width).toBe(Infinity);
    expect(style('bold', 'a')).toBe('a');
  });

  it('has the width and the colours of a terminal', () => {
    const { width, style } = pageFor(terminal, {});
    expect(width).toBe(40);
    expect(style('bold', 'a')).toBe('\u001b[1ma\u001b[22m');
    expect(style('bold', '')).toBe('');
  });

  it('takes a terminal that does not know its width for a usual one', () => {
    expect(pageFor({ isTTY: true, columns: 0 }, {}).width).toBe(80);
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('has no colours with %j', (environment) => {
    expect(pageFor(terminal, environment).style('red', 'a')).toBe('a');
  });
});

describe('rows', () => {
  it('begin their cells below each other, or end them there', () => {
    const rows = [
      ['a', '1', 'x'],
      ['ccc', '22', 'y'],
    ];
    expect(aligned(rows, { right: [1] })).toEqual(['a     1  x', 'ccc  22  y']);
  });

  it('keep their columns where one cell is far longer than the others', () => {
    const long = 'l'.repeat(80);
    expect(
      aligned([
        ['a', 'x'],
        [long, 'y'],
        ['bb', 'z'],
      ]),
    ).toEqual(['a   x', `${long}  y`, 'bb  z']);
  });
});
