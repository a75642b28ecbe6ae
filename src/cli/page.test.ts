import { describe, expect, it } from 'vitest';
import { aligned, laidOut, pageFor } from './page.js';

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

describe('rows on a page', () => {
  const rows = [
    ['made by', 'model call 1', 'completed in 2s'],
    ['of', 'agent 2', '/root'],
  ];

  it('stand in columns where these have room', () => {
    expect(laidOut(rows, { width: 38 }, { indent: 0 })).toEqual(aligned(rows));
    expect(laidOut(rows, { width: Infinity }, { indent: 2 })).toEqual(
      aligned(rows).map((line) => `  ${line}`),
    );
  });

  it('go on behind their first cell where these have none, so that no cell is hidden', () => {
    expect(laidOut(rows, { width: 28 }, { indent: 2 })).toEqual([
      '  made by  model call 1',
      '           completed in 2s',
      '  of       agent 2  /root',
    ]);
  });

  it('are cut only where one cell is too wide', () => {
    expect(laidOut([['made by', 'model call 1', '']], { width: 15 })).toEqual(['made by', '       model c…']);
    expect(laidOut([['a'.repeat(20), 'b', 'c']], { width: 12 })).toEqual([
      `${'a'.repeat(11)}…`,
      '      b  c',
    ]);
  });
});
