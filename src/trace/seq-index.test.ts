import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireInteger } from '../model/integers.js';
import { SeqIndex } from './seq-index.js';

/** A line that cannot be read has no number. */
type Line = WireInteger | undefined;

const indexOf = (lines: readonly Line[]): SeqIndex => {
  const index = new SeqIndex();
  for (const line of lines) index.add(line);
  return index;
};

describe('the number of lines up to a seq', () => {
  it.each<[about: string, lines: readonly Line[], seq: WireInteger, count: number]>([
    ['is that of the line with this number', [1, 2, 3], 2, 2],
    ['is all behind the last number', [1, 2, 3], 9, 3],
    ['is none before the first number', [1, 2, 3], 0, 0],
    ['is none of an empty log', [], 5, 0],
    ['ends before a number that is missing', [1, 2, 5], 4, 2],
    ['has all lines that repeat a number', [1, 2, 2, 3], 2, 3],
    ['goes to where a lower number comes again', [1, 2, 3, 2, 3], 2, 4],
    ['has what stands before a lower number', [5, 6, 1], 1, 3],
    ['passes over what begins again beyond it', [1, 2, 9, 8], 2, 2],
    ['has the unreadable lines behind an event', [1, undefined, undefined, 2], 1, 3],
    ['has the unreadable lines before all events', [undefined, 1], 0, 1],
    ['knows integers beyond the exact range of numbers', [1, 2n ** 63n, 2n ** 64n - 1n], 2n ** 63n, 2],
  ])('%s', (_about, lines, seq, count) => {
    expect(indexOf(lines).countAt(seq, lines.length)).toBe(count);
  });

  it('does not change for the lines that were there when more come', () => {
    const lines = fc.array(fc.option(fc.nat({ max: 12 }), { nil: undefined, freq: 8 }), { maxLength: 30 });
    fc.assert(
      fc.property(lines, fc.nat({ max: 13 }), fc.nat({ max: 30 }), (all, seq, cut) => {
        const length = Math.min(cut, all.length);
        expect(indexOf(all).countAt(seq, length)).toBe(indexOf(all.slice(0, length)).countAt(seq, length));
      }),
    );
  });
});

describe('the range of numbers', () => {
  it.each<[lines: readonly Line[], first: WireInteger | null, last: WireInteger | null]>([
    [[], null, null],
    [[undefined, undefined], null, null],
    [[undefined, 4, 5, undefined], 4, 5],
    [[4, 2], 4, 2],
  ])('of %j is from %j to %j', (lines, first, last) => {
    expect(indexOf(lines).range(lines.length)).toEqual({ first, last });
  });

  it('has nothing before the first event', () => {
    expect(indexOf([undefined, 4]).range(1)).toEqual({ first: null, last: null });
  });
});
