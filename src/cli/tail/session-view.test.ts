import { describe, expect, it } from 'vitest';
import { patch } from '../../facts/writes.js';
import { tableNames, type RolloutTrace, type Table, type TableName } from '../../model/rollout-trace.js';
import type { TailSnapshot } from '../../node/index.js';
import { carriedCases } from '../../../test/helpers/carried-cases.js';
import {
  cell,
  command,
  inference,
  since,
  thread,
  tool,
  turn,
  watchedCase,
  watchedSession,
} from '../../../test/helpers/watched.js';
import { update, type SessionView, type ThreadView } from './session-view.js';

const watch = (...snapshots: readonly TailSnapshot[]): SessionView => {
  const [first, ...rest] = snapshots;
  if (!first) throw new Error('no snapshot');
  return rest.reduce(update, update(undefined, first));
};
const threadOf = (view: SessionView, id = 't'): ThreadView => {
  const found = view.threads.get(id);
  if (!found) throw new Error(`no thread ${id}`);
  return found;
};
const running = [thread('t', since(1)), turn('u', 't', since(2))];

describe('a thread of the view', () => {
  it('sums the tokens of its calls, each once, however often it changes', () => {
    const session = watchedSession();
    const view = watch(
      session([...running, inference('i', ['t', 'u'], since(3))]),
      session([inference('i', ['t', 'u'], since(3, 1), [10, 4, 2])]),
      session([
        inference('i', ['t', 'u'], since(3, 1), [11, 4, 2]),
        inference('j', ['t', 'u'], since(5, 1), [2n ** 60n, 0, 1]),
      ]),
    );
    expect(threadOf(view).tokens).toEqual({ input: 2n ** 60n + 11n, cached: 4n, output: 3n });
  });

  it('waits for what runs, until that ends', () => {
    const session = watchedSession();
    const asked = watch(session([...running, inference('i', ['t', 'u'], since(3))]));
    expect([...threadOf(asked).open.keys()]).toEqual(['inference_calls i']);
    const answered = update(asked, session([inference('i', ['t', 'u'], since(3, 1))]));
    expect(threadOf(answered).open.size).toBe(0);
    expect(threadOf(asked).open.size).toBe(1);
  });

  it('waits for nothing once the turn has ended, also where the end of a call is missing', () => {
    const session = watchedSession();
    const started = session([...running, cell('c', ['t', 'u'], since(3))]);
    const view = watch(started, session([patch('codex_turns', 'u', { execution: since(2, 5, 'aborted') })]));
    expect(threadOf(view)).toMatchObject({
      turns: 1,
      openTurns: new Map(),
      open: new Map(),
      restingSince: 8000,
    });
    expect(
      threadOf(update(view, session([tool('x', ['t', 'u'], since(4), { type: 'web' })]))).open.size,
    ).toBe(0);
  });

  it('counts a tool as failed by itself or by its command, once', () => {
    const session = watchedSession();
    const link = { terminal_operation_id: 'o' };
    const exec = { type: 'exec_command' } as const;
    const view = watch(
      session([
        ...running,
        tool('x', ['t', 'u'], since(3), exec, link),
        command('o', 'x', since(3), 'false'),
      ]),
      session([command('o', 'x', since(3, 1, 'failed'), 'false', 1)]),
      session([tool('x', ['t', 'u'], since(3, 2, 'failed'), exec, link)]),
      session([inference('i', ['t', 'u'], since(6, 1, 'failed'))]),
    );
    expect(threadOf(view).failed).toBe(2);
  });

  it('counts a command that runs on behind its tool', () => {
    const session = watchedSession();
    const exec = { type: 'exec_command' } as const;
    const yielded = watch(
      session([...running, command('o', 'x', since(3), 'npm start')]),
      session([tool('x', ['t', 'u'], since(3, 1), exec, { terminal_operation_id: 'o' })]),
    );
    expect(threadOf(yielded).background).toBe(1);
    const ended = update(yielded, session([command('o', 'x', since(3, 9), 'npm start', 0)]));
    expect(threadOf(ended).background).toBe(0);
  });
});

it('begins anew where the log did, and remembers why', () => {
  const [session, again] = [watchedSession(), watchedSession()];
  const view = watch(
    session([...running, thread('gone', since(2))]),
    again([thread('t', since(1))], { restart: 'truncated' }),
    again([turn('u', 't', since(2))]),
  );
  expect([...view.threads.keys()]).toEqual(['t']);
  expect(threadOf(view).turns).toBe(1);
  expect(view.restarted).toBe('truncated');
});

/** The trace with tables that count the rows read from them, and refuse to be read as a whole. */
const counting = (snapshot: TailSnapshot, read: () => void): TailSnapshot => {
  const refuse = (): never => {
    throw new Error('the whole table is read');
  };
  const wrap = <Row>(table: Table<Row>): Table<Row> => ({
    size: table.size,
    get: (id) => (read(), table.get(id)),
    has: (id) => (read(), table.has(id)),
    keys: refuse,
    values: refuse,
    toJSON: refuse,
    [Symbol.iterator]: refuse,
  });
  const tables = tableNames.map((name): [TableName, unknown] => [name, wrap<unknown>(snapshot.trace[name])]);
  return { ...snapshot, trace: { ...snapshot.trace, ...Object.fromEntries(tables) } as RolloutTrace };
};

it('reads the rows that changed, and no more of a long session than of a short one', () => {
  const readsWith = (calls: number): number => {
    const session = watchedSession();
    let reads = 0;
    const watched = (...args: Parameters<typeof session>): TailSnapshot =>
      counting(session(...args), () => void (reads += 1));
    const past = Array.from({ length: calls }, (_, index) =>
      inference(`${index}`, ['t', 'u'], since(3, 1), [1, 0, 1]),
    );
    const before = update(undefined, watched([...running, ...past]));
    reads = 0;
    update(before, watched([inference('new', ['t', 'u'], since(4))]));
    return reads;
  };
  expect(readsWith(20_000)).toBe(readsWith(1));
  expect(readsWith(1)).toBeLessThan(10);
});

describe('event by event', () => {
  const cases = carriedCases('schema-1');
  it.each(cases.map((carried) => [carried.file, carried] as const))(
    'gives what %s gives at once',
    (_, carried) => {
      const snapshots = watchedCase(carried);
      const last = snapshots.at(-1);
      if (!last) return;
      const changes = new Map(tableNames.map((name) => [name, last.trace[name].keys()] as const));
      const atOnce = update(undefined, { ...last, changes });
      const view = watch(...snapshots);
      expect([...view.threads].toSorted()).toEqual([...atOnce.threads].toSorted());
    },
  );
});
