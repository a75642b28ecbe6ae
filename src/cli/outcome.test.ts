import { describe, expect, it } from 'vitest';
import { exitCodes } from './exit-codes.js';
import { failedWith, summaryOf, worstOf, type Outcome } from './outcome.js';

const clean: Outcome = { exitCode: exitCodes.clean, output: 'x\n', note: '' };
const wrong: Outcome = { exitCode: exitCodes.problems, output: 'x\n', note: '2 problems\n' };
const failed = failedWith('error: no log\n  Look for it.\n');

describe('the summary of many bundles', () => {
  it('counts how they ended, and names those of which there is something to say', () => {
    const outcomes = [
      ['a', clean],
      ['b', failed],
      ['c', wrong],
      ['d', clean],
    ] as const;
    expect(summaryOf(outcomes).split('\n')).toEqual([
      'b: error: no log',
      '  Look for it.',
      'c: 2 problems',
      '4 bundles: 2 with nothing wrong, 1 with problems, 1 failed',
      '',
    ]);
  });

  it('leaves out what did not happen', () => {
    expect(
      summaryOf([
        ['a', clean],
        ['b', clean],
      ]),
    ).toBe('2 bundles: 2 with nothing wrong\n');
  });

  it('cannot be faked by the name of a folder', () => {
    expect(
      summaryOf([
        ['a\n\u001b[2J', wrong],
        ['b', wrong],
      ]),
    ).toContain(String.raw`a\u000a\u001b[2J: 2 problems`);
  });
});

it.each([
  [[clean, clean], exitCodes.clean],
  [[clean, wrong, clean], exitCodes.problems],
  [[failed, wrong, clean], exitCodes.failed],
])('gives the exit code of the worst, case %#', (outcomes, code) => {
  expect(worstOf(outcomes.map((outcome) => ['x', outcome]))).toBe(code);
});
