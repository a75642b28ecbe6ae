import { describe, expect, it } from 'vitest';
import { linesOf } from './screen.js';

const textOf = (output: string): string =>
  linesOf(output)
    .map((runs) => runs.map(({ text }) => text).join(''))
    .join('\n');

describe('the lines of a terminal', () => {
  it('are those that were printed, where nothing moves', () => {
    const text = 'one\n  two  three\n\nlast';
    expect(textOf(text)).toBe(text);
    expect(textOf(text.replaceAll('\n', '\r\n'))).toBe(text);
    expect(textOf('x'.repeat(300))).toBe('x'.repeat(300));
    expect(textOf('')).toBe('');
  });

  it.each([
    ['a carriage return', '10%\r55%\r100%\ndone', '100%\ndone'],
    ['a shorter text behind a carriage return', 'abcdef\rxy', 'xycdef'],
    ['backspaces', 'abc\b\bX', 'aXc'],
    ['backspaces before the line', 'a\b\b\bX', 'X'],
    ['tabs', 'a\tb\tc\n12345678\tx', 'a       b       c\n12345678        x'],
    ['erasing to the end of the line', 'working…\r\u001b[Kdone', 'done'],
    ['erasing to the end of the line, from the middle', 'abcdef\u001b[3D\u001b[0Kx', 'abcx'],
    ['erasing the beginning of the line', 'abcdef\u001b[3D\u001b[1K', '    ef'],
    ['erasing the whole line', 'abc\u001b[2Kd', '   d'],
    ['going up and down', 'one\ntwo\nthree\u001b[2A\r1\u001b[2B\r3', '1ne\ntwo\n3hree'],
    ['going to the beginning of a line before', 'one\ntwo\u001b[1Fx', 'xne\ntwo'],
    ['going left and right', 'abc\u001b[2D-\u001b[3C+', 'a-c  +'],
    ['going to a column', 'abc\u001b[2GX\u001b[6GY', 'aXc  Y'],
    ['going to a row and a column', 'abc\ndef\u001b[1;2HX', 'aXc\ndef'],
    ['coming back to a saved place', 'a\u001b7bc\u001b8X', 'aXc'],
    ['erasing below', 'one\ntwo\nthree\u001b[2A\r\u001b[Jnew', 'new'],
    ['erasing above', 'one\ntwo\u001b[1J', '\n'],
    ['wide characters, of which the halves go together', '🌍 x\r🌎\b\b日', '日 x'],
    ['half of a wide character that is printed over', '日本\rx', 'x 本'],
    ['marks that join the character before', 'e\u0301a\bb', 'e\u0301b'],
  ])('follow %s', (_, output, shown) => {
    expect(textOf(output)).toBe(shown);
  });

  it('keep above what was cleared, and what was printed for an alternate screen', () => {
    expect(textOf('before\n\u001b[H\u001b[2J\u001b[3Jafter')).toBe('before\n\nafter');
    expect(textOf('a\u001b[?1049hfull screen\u001b[?1049lb')).toBe('afull screenb');
  });

  it('redraw the lines of a list of tasks', () => {
    const frame = (marks: string): string =>
      [...marks].map((mark, at) => `\u001b[2K${mark} task ${at}\n`).join('');
    expect(textOf(`${frame('..')}\u001b[2A${frame('v.')}\u001b[2A${frame('vv')}`)).toBe(
      'v task 0\nv task 1\n',
    );
  });

  it('leave what scrolled away where it is, however often the screen is drawn anew', () => {
    const many = Array.from({ length: 50 }, (_, at) => `${at}\n`).join('');
    expect(textOf(many + '\u001b[H\u001b[Jframe'.repeat(20))).toBe(`${many.split('27')[0]}frame`);
  });

  it('reach no further up than the screen, nor further away than its edges', () => {
    const many = Array.from({ length: 100 }, (_, at) => String(at));
    const shown = textOf(`${many.join('\n')}\u001b[9999A\rtop`).split('\n');
    expect(shown.indexOf('top')).toBe(76);
    expect(shown.with(76, '76')).toEqual(many);
    expect(textOf('\u001b[999999999Cx')).toHaveLength(80);
    expect(textOf('\u001b[999999999B').split('\n')).toHaveLength(24);
  });

  it.each([
    ['\u001b[D\u001b[1K', 60_000],
    ['\u001b[2Ky', 60_000],
    ['\u001b7\r\u001b[K\u001b8y', 40_000],
    ['\u001bDy', 60_000],
    ['\u001b[2Jy', 60_000],
    ['\n\n\u001b[2J', 60_000],
    ['\r\u001b[9999999Cy\r\u001b[K', 20_000],
  ])('take no more time than there is output, where each piece is about a long line: %j', (piece, times) => {
    const started = performance.now();
    linesOf('x'.repeat(400_000) + piece.repeat(times));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('hide the titles and links of a terminal, and the commands to it', () => {
    expect(
      textOf(
        '\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\u001b(B\u001b[?25l\u0007',
      ),
    ).toBe('alink');
    expect(textOf('\u001bPq#0;1\u001b\\a')).toBe('a');
  });

  it('show what cannot be followed', () => {
    expect(textOf('\u001b]0;never ended\nall\nof it')).toBe('␛]0;never ended\nall\nof it');
    expect(textOf('\u001bPnever ended')).toBe('␛Pnever ended');
    expect(textOf('cut\u001b[3')).toBe('cut␛[3');
    expect(textOf('\u0000\u007f\u009b')).toBe('␀␡\ufffd');
    expect(textOf('<b>&amp;</b>\u202e')).toBe('<b>&amp;</b>\u202e');
  });
});

describe('the styles of a terminal', () => {
  const runsOf = (output: string) =>
    linesOf(output)
      .flat()
      .map(({ text, style }) => [text, style]);

  it('hold from where they were set to where others are', () => {
    expect(runsOf('a\u001b[1;31mb\nc\u001b[22;39md\u001b[0m')).toEqual([
      ['a', ''],
      ['b', 'ansi-red bold'],
      ['c', 'ansi-red bold'],
      ['d', ''],
    ]);
  });

  it.each([
    ['32', 'ansi-green'],
    ['92', 'ansi-green'],
    ['41', 'ansi-red-bg'],
    ['104', 'ansi-blue-bg'],
    ['38;5;9', 'ansi-red'],
    ['38;5;46', 'ansi-green'],
    ['38;5;240', 'ansi-black'],
    ['38;2;20;30;200', 'ansi-blue'],
    ['38:2::250:240:30;4', 'ansi-yellow underline'],
    ['48;2;200;0;200;1', 'ansi-magenta-bg bold'],
    ['7;9', 'reverse strikethrough'],
    ['8', ''],
    ['31;0', ''],
    ['31;', ''],
    ['999;4:3', 'underline'],
    ['>4;2', ''],
  ])('are for %s %j', (sgr, style) => {
    expect(runsOf(`\u001b[${sgr}mx`)).toEqual([['x', style]]);
  });

  it('stay with what they were printed with, where others are printed over', () => {
    expect(runsOf('\u001b[31mred\u001b[m\rX')).toEqual([
      ['X', ''],
      ['ed', 'ansi-red'],
    ]);
  });
});
