import { describe, expect, it } from 'vitest';
import { describeProblem } from '../errors/trace-error.js';
import { problemLines } from './problem-lines.js';

const badLine = (line: number) =>
  describeProblem('line_invalid', 'not an event', { file: 'trace.jsonl', line });

const inSpite = {
  more: '--diagnostics FILE writes all',
  end: 'reduced in spite of',
  hint: '--strict would have failed',
};

describe('the lines of problems', () => {
  it('are none where nothing is wrong', () => expect(problemLines([], inSpite)).toEqual([]));

  it('explain each code once', () => {
    const other = describeProblem('tool_unknown', 'who is t1', { file: 'trace.jsonl', line: 3, seq: 2 });
    expect(problemLines([badLine(1), badLine(2), other], inSpite)).toEqual([
      'trace.jsonl:1: not an event [line_invalid]',
      `  ${badLine(1).hint}`,
      'trace.jsonl:2: not an event [line_invalid]',
      'trace.jsonl:3 (seq 2): who is t1 [tool_unknown]',
      `  ${other.hint}`,
      'reduced in spite of 3 problems (--strict would have failed)',
    ]);
  });

  it('stop at twenty problems and count the rest', () => {
    const lines = problemLines(
      Array.from({ length: 45 }, (_, index) => badLine(index + 1)),
      inSpite,
    );
    expect(lines.slice(-3)).toEqual([
      'trace.jsonl:20: not an event [line_invalid]',
      '... and 25 more (--diagnostics FILE writes all)',
      'reduced in spite of 45 problems (--strict would have failed)',
    ]);
  });
});
