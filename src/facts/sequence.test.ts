import { describe, expect, it } from 'vitest';
import type { WireInteger } from '../model/integers.js';
import { describeSequence, sequenceIssue } from './sequence.js';

/** The issue in words, if there is one. */
const said = (previous: WireInteger, seq: WireInteger, unreadable = 0): string | undefined => {
  const issue = sequenceIssue(previous, seq, unreadable);
  return issue && describeSequence(issue, previous, seq);
};

describe('the number of an event', () => {
  it('is the next one', () => {
    expect(said(0, 1)).toBeUndefined();
    expect(said(4, 5)).toBeUndefined();
  });

  it.each([
    [4, 6, 'seq 5 is missing'],
    [4, 9, 'seq 5 to 8 are missing'],
    [0, 3, 'the log begins with seq 3, not 1'],
    [4, 4, 'seq 4 is repeated'],
    [0, 0, 'seq 0 is repeated'],
    [4, 2, 'seq goes back from 4 to 2'],
  ])('behind %i is not %i: %s', (previous, seq, words) => {
    expect(said(previous, seq)).toBe(words);
  });

  it('may leave out those of lines that could not be read', () => {
    expect(said(4, 6, 1)).toBeUndefined();
    expect(said(4, 5, 1)).toBeUndefined();
    expect(said(0, 3, 2)).toBeUndefined();
    expect(said(4, 8, 2)).toBe('seq 5 to 7 are missing');
  });

  it('is not repeated because of a line that could not be read', () => {
    expect(said(4, 4, 1)).toBe('seq 4 is repeated');
    expect(said(4, 3, 1)).toBe('seq goes back from 4 to 3');
  });

  it('may be larger than a number can tell apart', () => {
    const large = 2n ** 64n - 2n;
    expect(said(large, large + 1n)).toBeUndefined();
    expect(said(large, large)).toBe('seq 18446744073709551614 is repeated');
    expect(said(3, large)).toBe('seq 4 to 18446744073709551613 are missing');
  });
});
