import { describe, expect, it } from 'vitest';
import { compactJson } from '../../json/compact.js';
import type { TailSnapshot } from '../../node/index.js';
import { printTrace } from '../../trace/print.js';
import { carriedCases } from '../../../test/helpers/carried-cases.js';
import { foldChanges } from '../../../test/helpers/fold-changes.js';
import {
  inference,
  problem,
  since,
  thread,
  watchedCase,
  watchedSession,
} from '../../../test/helpers/watched.js';
import { changeJson } from './change-json.js';
import { coalesce } from './coalesce-snapshots.js';

const printed = (before: TailSnapshot | undefined, snapshot: TailSnapshot): string =>
  [...changeJson(before, snapshot)].join('');
const allOf = (snapshots: readonly TailSnapshot[]): string =>
  snapshots.map((snapshot, index) => printed(snapshots[index - 1], snapshot)).join('');
const stateOf = ({ trace }: TailSnapshot): string | undefined => compactJson([...printTrace(trace)].join(''));
const jsonOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));

const cases = carriedCases('schema-2').filter(({ name }) => name !== 'event-schema-ignored');

describe('the changes of a session', () => {
  it.each(cases.map((carried) => [carried.file, carried] as const))(
    'laid one over the other are what reduce prints: %s',
    (_, carried) => {
      const snapshots = watchedCase(carried);
      const last = snapshots.at(-1);
      if (!last) return;
      const folded = foldChanges(allOf(snapshots)).get(last.directory);
      expect(folded?.state).toBe(stateOf(last));
      expect(folded).toMatchObject({
        diagnostics: jsonOf(last.diagnostics),
        pending: jsonOf(last.pending),
        events: snapshots.length,
        objects: snapshots.length,
      });
    },
  );

  it('are one line each, with nothing but what changed', () => {
    const session = watchedSession();
    const [first, second] = [
      session([thread('t', since(1))]),
      session([inference('i', ['t', 'u'], since(2))]),
    ];
    const lines = allOf([first, second]).split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      directory: '/traces/trace-1',
      events: 1,
      restart: null,
      header: expect.objectContaining({ schema_version: 1, status: 'running', ended_at_unix_ms: null }),
      tables: { threads: { t: expect.objectContaining({ agent_path: '/t' }) } },
      diagnostics: [],
      kept_diagnostics: 0,
      pending: [],
    });
    const then = JSON.parse(lines[1] ?? '');
    expect(Object.keys(then)).not.toContain('header');
    expect(Object.keys(then.tables)).toEqual(['inference_calls']);
  });

  it('say which rows are gone', () => {
    const session = watchedSession();
    const first = session([thread('t', since(1))]);
    const second = session([{ type: 'remove', table: 'threads', id: 't' }]);
    expect(JSON.parse(printed(first, second)).tables).toEqual({ threads: { t: null } });
  });

  it('keep every digit', () => {
    const session = watchedSession();
    const line = printed(undefined, session([inference('i', ['t', 'u'], since(2), [2n ** 64n - 1n, 0, 1])]));
    expect(line).toContain('"input_tokens":18446744073709551615,');
    expect(JSON.parse(line).tables.inference_calls.i.model).toBe('gpt');
  });

  it('say which problems are new, and which are none any more', () => {
    const session = watchedSession();
    const [one, two, three] = [problem(1), problem(2), problem(3)];
    const first = session([], { diagnostics: [one, two] });
    const second = session([], { diagnostics: [one, { ...two }] });
    const third = session([], { diagnostics: [one, three, two] });
    const [, again, other] = allOf([first, second, third]).split('\n');
    expect(JSON.parse(again ?? '')).toMatchObject({ diagnostics: [], kept_diagnostics: 2 });
    expect(JSON.parse(other ?? '')).toMatchObject({ diagnostics: [three, two], kept_diagnostics: 1 });
  });

  it('begin anew with a restart', () => {
    const [session, again] = [watchedSession(), watchedSession()];
    const snapshots = [
      session([thread('t', since(1))], { diagnostics: [problem(1)] }),
      again([thread('other', since(1))], { restart: 'truncated' }),
    ];
    const last = snapshots[1];
    const folded = foldChanges(allOf(snapshots)).get('/traces/trace-1');
    expect(folded?.state).toBe(last && stateOf(last));
    expect(folded).toMatchObject({ diagnostics: [], objects: 1 });
  });

  it('come in pieces that are no longer than a few rows', () => {
    const session = watchedSession();
    const many = Array.from({ length: 1000 }, (_, index) => thread(`t${index}`, since(1)));
    const chunks = [...changeJson(undefined, session(many))];
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(40_000);
  });
});

describe('snapshots that were not printed in time', () => {
  it.each(
    cases.filter(({ name }) => name.startsWith('agent')).map((carried) => [carried.file, carried] as const),
  )('become one with the same result: %s', (_, carried) => {
    const [first, ...rest] = watchedCase(carried);
    const last = rest.at(-1);
    if (!first || !last) return;
    const folded = foldChanges(allOf([first, rest.reduce(coalesce)])).get(first.directory);
    expect(folded?.state).toBe(stateOf(last));
    expect(folded?.objects).toBe(2);
  });

  it('keep a restart, before which nothing counts', () => {
    const [session, again] = [watchedSession(), watchedSession()];
    const first = session([thread('t', since(1))]);
    const second = session([thread('x', since(2))]);
    const restarted = again([thread('y', since(1))], { restart: 'replaced' });
    const last = again([thread('z', since(2))]);
    const [old, line] = allOf([first, [second, restarted, last].reduce(coalesce)]).split('\n');
    expect(old).toContain('"t"');
    expect(JSON.parse(line ?? '')).toMatchObject({
      restart: 'replaced',
      tables: { threads: { y: {}, z: {} } },
    });
    expect(line).not.toContain('"x"');
  });
});
