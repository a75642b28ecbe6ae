import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAssembly } from './line-assembly.js';

const texts = (lines: readonly { readonly text: string | undefined }[] | undefined) =>
  lines?.map(({ text }) => text);

describe('lineAssembly', () => {
  it('gives the lines of a log, however it is cut into pieces', () => {
    const anyLine = fc.array(fc.constantFrom('a', 'é', '日', '😀', '\r', ' '), { maxLength: 4 });
    const anyLines = fc.array(
      anyLine.map((line) => line.join('')),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyLines, fc.array(fc.nat(40)), (lines, cuts) => {
        const log = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const stops = [0, ...cuts.toSorted((a, b) => a - b), log.length];
        const assembly = lineAssembly();
        const found = stops
          .slice(1)
          .flatMap((stop, index) => assembly.push(log.subarray(stops[index], stop)) ?? []);
        expect(texts(found)).toEqual(lines.map((line) => line.replace(/\r$/, '')));
        expect(found.map(({ position }) => position)).toEqual(
          lines.map((_, index) => ({ line: index + 1, complete: true })),
        );
        expect(assembly.rest()).toBeUndefined();
      }),
      { seed: 1 },
    );
  });

  it('shows the rest as an incomplete line, without taking it', () => {
    const assembly = lineAssembly();
    assembly.push(Buffer.from('one\ntw'));
    expect(assembly.rest()).toEqual({ text: 'tw', position: { line: 2, complete: false } });
    expect(texts(assembly.push(Buffer.from('o\n')))).toEqual(['two']);
  });

  it('knows a line that is not UTF-8 from its neighbours', () => {
    const assembly = lineAssembly();
    expect(texts(assembly.push(Buffer.from([0x61, 0x0a, 0xff, 0x0a, 0x62, 0x0a])))).toEqual([
      'a',
      undefined,
      'b',
    ]);
  });

  it('counts a taken rest as a line, and ignores the blanks and the line break behind it', () => {
    const assembly = lineAssembly();
    assembly.push(Buffer.from('{}'));
    assembly.takeRest();
    expect(assembly.rest()).toBeUndefined();
    expect(assembly.push(Buffer.from(' \t'))).toEqual([]);
    expect(assembly.push(Buffer.from('\r\nnext\n'))).toEqual([
      { text: 'next', position: { line: 2, complete: true } },
    ]);
  });

  it('contradicts when a taken rest goes on', () => {
    const assembly = lineAssembly();
    assembly.push(Buffer.from('{}'));
    assembly.takeRest();
    expect(assembly.push(Buffer.from(' }\n'))).toBeUndefined();
  });
});
