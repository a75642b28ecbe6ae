import { describe, expect, it } from 'vitest';
import { itemRow } from '../../test/helpers/items.js';
import { insert, link, patch, type Write } from '../facts/writes.js';
import { runningSince } from '../model/execution.js';
import type { RolloutHeader } from '../model/rollout-trace.js';
import type { AgentThread } from '../model/session.js';
import { traceBuilder } from './trace-builder.js';

const header: RolloutHeader = {
  schema_version: 1,
  trace_id: 'trace',
  rollout_id: 'rollout',
  started_at_unix_ms: 1000,
  ended_at_unix_ms: null,
  status: 'running',
  root_thread_id: 'T1',
};
const thread = (thread_id: string): AgentThread => ({
  thread_id,
  agent_path: '/root',
  nickname: null,
  origin: { type: 'root' },
  execution: runningSince({ seq: 1, time: 1 }),
  default_model: null,
  conversation_item_ids: ['a'],
});
const addThread = (id: string): Write => insert('threads', id, thread(id));
const built = (...writes: readonly Write[]) => {
  const builder = traceBuilder(header);
  for (const write of writes) builder.apply(write);
  return builder;
};

describe('a trace', () => {
  it('has its header, and a table for everything', () => {
    const trace = built({ type: 'set_header', fields: { status: 'failed' } }).snapshot();
    expect(trace).toMatchObject({ ...header, status: 'failed' });
    expect(trace.raw_payloads.size).toBe(0);
  });

  it('has the row that was inserted last under an id', () => {
    const moved = { ...thread('T1'), agent_path: '/moved' };
    const trace = built(addThread('T1'), addThread('T2'), insert('threads', 'T1', moved)).snapshot();
    expect(trace.threads.get('T1')).toEqual(moved);
    expect(trace.threads.size).toBe(2);
  });

  it('replaces fields, and appends to lists', () => {
    const trace = built(
      addThread('T1'),
      patch('threads', 'T1', { nickname: 'James', default_model: 'm' }),
      link('threads', 'T1', 'conversation_item_ids', ['b', 'c']),
      link('threads', 'T1', 'conversation_item_ids', ['d']),
      patch('threads', 'T1', { nickname: 'Jim' }),
    ).snapshot();
    expect(trace.threads.get('T1')).toEqual({
      ...thread('T1'),
      nickname: 'Jim',
      default_model: 'm',
      conversation_item_ids: ['a', 'b', 'c', 'd'],
    });
  });

  it('leaves rows alone that are not there', () => {
    const trace = built(
      patch('threads', 'T9', { nickname: 'James' }),
      link('threads', 'T9', 'conversation_item_ids', ['b']),
    ).snapshot();
    expect(trace.threads.size).toBe(0);
    expect(trace.threads.has('T9')).toBe(false);
  });

  it('never changes the rows and lists of a write', () => {
    const row = Object.freeze({ ...thread('T1'), conversation_item_ids: Object.freeze(['a']) });
    const list = Object.freeze(['x']);
    const builder = built(
      insert('threads', 'T1', row),
      link('threads', 'T1', 'conversation_item_ids', ['b']),
      patch('threads', 'T1', { conversation_item_ids: list }),
      link('threads', 'T1', 'conversation_item_ids', ['y']),
    );
    expect(builder.snapshot().threads.get('T1')?.conversation_item_ids).toEqual(['x', 'y']);
    expect(row.conversation_item_ids).toEqual(['a']);
    expect(list).toEqual(['x']);
  });
});

describe('a snapshot', () => {
  it('never changes, whatever is written later', () => {
    const builder = built(addThread('T1'), link('threads', 'T1', 'conversation_item_ids', ['b']));
    const before = builder.snapshot();
    const shown = structuredClone([...before.threads]);
    for (const write of [
      patch('threads', 'T1', { nickname: 'James' }),
      link('threads', 'T1', 'conversation_item_ids', ['c']),
      addThread('T0'),
      insert('threads', 'T1', thread('T9')),
      { type: 'set_header', fields: { status: 'failed' } } as const,
    ]) {
      builder.apply(write);
    }
    builder.snapshot();
    expect([...before.threads]).toEqual(shown);
    expect(before.threads.size).toBe(1);
    expect(before.threads.has('T0')).toBe(false);
    expect(before.threads.get('T0')).toBeUndefined();
    expect(before.threads.keys()).toEqual(['T1']);
    expect(before.status).toBe('running');
  });

  it('shares tables and rows that did not change', () => {
    const builder = built(addThread('T1'), addThread('T2'), insert('conversation_items', 'a', itemRow(1)));
    builder.apply(patch('threads', 'T1', { nickname: 'James' }));
    const before = builder.snapshot();
    builder.apply(patch('threads', 'T1', { nickname: 'Jim' }));
    const after = builder.snapshot();
    expect(after.threads).not.toBe(before.threads);
    expect(after.threads.get('T1')).not.toBe(before.threads.get('T1'));
    expect(after.threads.get('T2')).toBe(before.threads.get('T2'));
    expect(after.conversation_items).toBe(before.conversation_items);
    expect(builder.snapshot().threads).toBe(after.threads);
  });

  it('shares what a write to a row that is not there did not change', () => {
    const builder = built(addThread('T1'));
    const before = builder.snapshot();
    builder.apply(patch('threads', 'T9', { nickname: 'James' }));
    expect(builder.snapshot().threads).toBe(before.threads);
  });

  it('is frozen, with the rows and lists that it made', () => {
    const trace = built(addThread('T1'), link('threads', 'T1', 'conversation_item_ids', ['b'])).snapshot();
    expect(Object.isFrozen(trace)).toBe(true);
    expect(Object.isFrozen(trace.threads.get('T1'))).toBe(true);
    expect(Object.isFrozen(trace.threads.get('T1')?.conversation_item_ids)).toBe(true);
  });

  it('is the same however often another was taken on the way', () => {
    const writes = Array.from({ length: 100 }, (_value, index): Write[] => [
      addThread(`T${index}`),
      link('threads', `T${index >> 1}`, 'conversation_item_ids', [`i${index}`]),
      patch('threads', `T${index >> 2}`, { nickname: `n${index}` }),
    ]).flat();
    const often = traceBuilder(header);
    for (const write of writes) {
      often.apply(write);
      often.snapshot();
    }
    expect([...often.snapshot().threads]).toEqual([...built(...writes).snapshot().threads]);
  });
});
