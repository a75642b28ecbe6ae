import { describe, expect, it } from 'vitest';
import type { Write } from '../../facts/writes.js';
import type { TailSnapshot } from '../../node/index.js';
import { carriedCases } from '../../../test/helpers/carried-cases.js';
import {
  cell,
  childOf,
  command,
  inference,
  problem,
  since,
  thread,
  tool,
  turn,
  watchedCase,
  watchedSession,
} from '../../../test/helpers/watched.js';
import { happenings } from './happenings.js';

/** What is said of each of these steps. */
const said = (...steps: readonly (readonly Write[])[]): readonly string[] => {
  const session = watchedSession();
  let before: TailSnapshot | undefined;
  return steps.flatMap((writes) => {
    const snapshot = session(writes);
    const lines = happenings(before, snapshot);
    before = snapshot;
    return lines;
  });
};
const root = thread('root', since(1));
const exec = { type: 'exec_command' } as const;
const link = { terminal_operation_id: 'o' };

describe('what happens', () => {
  it('is told when it starts and when it ends, once', () => {
    expect(
      said(
        [root],
        [turn('u', 'root', since(2))],
        [inference('i', ['root', 'u'], since(3))],
        [inference('i', ['root', 'u'], since(3, 1), [120, 20, 5])],
        [inference('i', ['root', 'u'], since(3, 1), [120, 20, 5])],
        [tool('x', ['root', 'u'], since(5), exec)],
        [command('o', 'x', since(6), 'npm test'), tool('x', ['root', 'u'], since(5), exec, link)],
        [command('o', 'x', since(6, 2, 'failed'), 'npm test', 1)],
        [tool('x', ['root', 'u'], since(5, 4), exec, link)],
        [tool('y', ['root', 'u'], since(10), { type: 'web' })],
        [tool('y', ['root', 'u'], since(10, 1, 'failed'), { type: 'web' })],
        [cell('c', ['root', 'u'], since(12))],
        [cell('c', ['root', 'u'], since(12, 1))],
        [thread('a', since(14), { origin: childOf('root') })],
        [turn('u', 'root', since(2, 13, 'cancelled'))],
        [{ type: 'set_header', fields: { status: 'failed', ended_at_unix_ms: 60_000 } }],
      ),
    ).toEqual([
      '1970-01-01T00:00:02.000Z /root: started',
      '1970-01-01T00:00:03.000Z /root: turn started',
      '1970-01-01T00:00:04.000Z /root: asked gpt',
      '1970-01-01T00:00:05.000Z /root: gpt answered: 120 tokens in, 5 out',
      '1970-01-01T00:00:07.000Z /root: running npm test',
      '1970-01-01T00:00:09.000Z /root: finished running npm test: exit code 1',
      '1970-01-01T00:00:11.000Z /root: searching the web',
      '1970-01-01T00:00:12.000Z /root: finished searching the web: failed',
      '1970-01-01T00:00:13.000Z /root: code cell started',
      '1970-01-01T00:00:14.000Z /root: code cell ended',
      '1970-01-01T00:00:15.000Z /a: started by /root',
      '1970-01-01T00:00:16.000Z /root: turn ended: cancelled',
      '1970-01-01T00:01:00.000Z session ended: failed',
    ]);
  });

  it('is told in the order of the log, however much comes at once', () => {
    const lines = said([
      turn('u', 'root', since(2, 7)),
      inference('i', ['root', 'u'], since(3, 1, 'failed')),
      root,
    ]);
    expect(lines.map((line) => line.split(': ').slice(1).join(': '))).toEqual([
      'started',
      'turn started',
      'asked gpt',
      'call to gpt ended: failed',
      'turn ended',
    ]);
  });

  it('is told again from the start where the log begins anew', () => {
    const [session, again] = [watchedSession(), watchedSession()];
    const before = session([root]);
    expect(happenings(before, again([root], { restart: 'truncated' }))).toEqual([
      'read again from the start: the log was truncated',
      '1970-01-01T00:00:02.000Z /root: started',
    ]);
  });

  it('tells each problem once, and the end of the recording', () => {
    const session = watchedSession(2);
    const first = session([], { diagnostics: [problem(1)] });
    const second = session([{ type: 'set_header', fields: { recording_complete: true } }], {
      diagnostics: [problem(1), problem(2)],
    });
    expect(happenings(undefined, first)).toEqual(['problem: trace.jsonl:1: line 1 is bad [line_invalid]']);
    expect(happenings(first, second)).toEqual([
      'problem: trace.jsonl:2: line 2 is bad [line_invalid]',
      'the recording is complete',
    ]);
  });
});

it('tells each turn of a case once, and nothing that a terminal would obey', () => {
  for (const carried of carriedCases('schema-1').filter(({ name }) => /^(agent|cell|inf|term)/.test(name))) {
    const snapshots = watchedCase(carried);
    const lines = snapshots.flatMap((snapshot, index) => happenings(snapshots[index - 1], snapshot));
    expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
    const turns = [...(snapshots.at(-1)?.trace.codex_turns.values() ?? [])];
    const told = (what: RegExp): number => lines.filter((line) => what.test(line)).length;
    expect(told(/: turn started$/)).toBe(turns.length);
    expect(told(/: turn ended/)).toBe(turns.filter(({ execution }) => execution.ended_seq !== null).length);
  }
});
