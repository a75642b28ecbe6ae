import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../bundle/log-entry.js';
import { describeProblem } from '../errors/trace-error.js';
import { sequenceCheck } from './check-sequence.js';

/** An event with this number, or a line that could not be read. */
const entry = (seq: number | bigint | 'unreadable', line: number): LogEntry =>
  seq === 'unreadable'
    ? { type: 'problem', problem: describeProblem('line_invalid', 'bad', { file: 'trace.jsonl', line }) }
    : {
        type: 'event',
        line,
        event: {
          schema_version: 1,
          seq,
          wall_time_unix_ms: 0,
          rollout_id: 'r',
          payload: { type: 'rollout_ended', status: 'completed' },
        },
      };

const found = (...numbers: readonly (number | bigint | 'unreadable')[]): string[] => {
  const check = sequenceCheck();
  return numbers
    .map((number, index) => check(entry(number, index + 1)))
    .flatMap((finding) => (finding ? [`${finding.line} ${finding.code}: ${finding.message}`] : []));
};

describe('the numbers of events', () => {
  it('may rise by one from 1', () => expect(found(1, 2, 3)).toEqual([]));

  it('show what is missing, at the beginning too', () => {
    expect(found(1, 3)).toEqual(['2 seq_gap: seq 2 is missing']);
    expect(found(4, 8)).toEqual([
      '1 seq_gap: the log begins with seq 4, not 1',
      '2 seq_gap: seq 5 to 7 are missing',
    ]);
  });

  it('show what is repeated, and what goes back', () => {
    expect(found(1, 1, 2)).toEqual(['2 seq_repeated: seq 1 is repeated']);
    expect(found(1, 2, 3, 2, 3)).toEqual(['4 seq_back: seq goes back from 3 to 2']);
  });

  it('may leave out as many as could not be read between', () => {
    expect(found(1, 'unreadable', 3)).toEqual([]);
    expect(found('unreadable', 2)).toEqual([]);
    expect(found(1, 'unreadable', 4)).toEqual(['3 seq_gap: seq 2 to 3 are missing']);
    expect(found(1, 'unreadable', 3, 5)).toEqual(['4 seq_gap: seq 4 is missing']);
  });

  it('may be larger than a number can tell apart', () => {
    const large = 2n ** 63n;
    expect(found(1, large, large + 1n)).toEqual([`2 seq_gap: seq 2 to ${large - 1n} are missing`]);
  });
});
