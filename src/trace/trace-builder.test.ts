import { describe, expect, it } from 'vitest';
import { itemRow } from '../../test/helpers/items.js';
import { insert, link, patch, type Write } from '../facts/writes.js';
import { runningSince } from '../model/execution.js';
import type { AgentThread } from '../model/session.js';
import { traceBuilder } from './trace-builder.js';
import { usualManifest } from '../../test/helpers/fold.js';
import { headerOf } from '../replay.js';

const header = headerOf(usualManifest);
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

describe('a row that is taken out', () => {
  const remove = (id: string): Write => ({ type: 'remove', table: 'threads', id });
  const named = (id: string, nickname: string): Write => insert('threads', id, { ...thread(id), nickname });

  it('is not there any more', () => {
    const { threads } = built(addThread('T1'), addThread('T2'), remove('T1')).snapshot();
    expect([threads.size, threads.has('T1'), threads.get('T1')]).toEqual([1, false, undefined]);
    expect([threads.keys(), [...threads].map(([id]) => id)]).toEqual([['T2'], ['T2']]);
    expect(Object.keys(threads.toJSON())).toEqual(['T2']);
  });

  it('stays in the snapshots that have it', () => {
    const builder = built(addThread('T1'), addThread('T2'));
    const before = builder.snapshot();
    builder.apply(remove('T1'));
    const after = builder.snapshot();
    expect([before.threads.size, after.threads.size]).toEqual([2, 1]);
    expect(before.threads.get('T1')).toEqual(thread('T1'));
    expect([...before.threads].map(([id]) => id)).toEqual(['T1', 'T2']);
    expect(after.threads).not.toBe(before.threads);
    expect(after.threads.get('T2')).toBe(before.threads.get('T2'));
  });

  it('may be added again, as another row', () => {
    const builder = built(addThread('T1'), addThread('T2'), remove('T1'));
    const without = builder.snapshot();
    builder.apply(named('T1', 'James'));
    const again = builder.snapshot();
    expect([without.threads.size, again.threads.size]).toEqual([1, 2]);
    expect(without.threads.has('T1')).toBe(false);
    expect(again.threads.get('T1')?.nickname).toBe('James');
    expect(again.threads.keys()).toEqual(['T1', 'T2']);
  });

  it('may be taken out and added more than once between two snapshots', () => {
    const { threads } = built(
      addThread('T1'),
      remove('T1'),
      named('T1', 'one'),
      remove('T1'),
      addThread('T2'),
      named('T1', 'two'),
    ).snapshot();
    expect(threads.size).toBe(2);
    expect([...threads].map(([, { nickname }]) => nickname)).toEqual(['two', null]);
  });

  it('takes no writes', () => {
    const builder = built(addThread('T1'), remove('T1'));
    const before = builder.snapshot();
    builder.apply(patch('threads', 'T1', { nickname: 'James' }));
    builder.apply(link('threads', 'T1', 'conversation_item_ids', ['b']));
    expect(builder.snapshot().threads).toBe(before.threads);
    expect(before.threads.size).toBe(0);
  });

  it('changes nothing where it is not there', () => {
    const builder = built(addThread('T1'), addThread('T2'), remove('T2'));
    const before = builder.snapshot();
    builder.apply(remove('T2'));
    builder.apply(remove('T9'));
    expect(builder.snapshot().threads).toBe(before.threads);
    expect(before.threads.size).toBe(1);
  });

  it('leaves the places of others, added before and after', () => {
    const builder = built(addThread('T3'), addThread('T1'), remove('T3'), addThread('T2'));
    builder.apply(patch('threads', 'T1', { nickname: 'James' }));
    builder.apply(patch('threads', 'T2', { nickname: 'Jim' }));
    const names = [...builder.snapshot().threads].map(([id, { nickname }]) => `${id} ${nickname}`);
    expect(names).toEqual(['T1 James', 'T2 Jim']);
  });
});
