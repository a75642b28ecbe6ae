import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insert, link, patch, type Write } from '../facts/writes.js';
import type { RolloutHeader, RolloutTrace, TraceRows } from '../model/rollout-trace.js';
import { printTrace } from './print.js';
import { traceBuilder } from './trace-builder.js';
import { withWrites } from './with-writes.js';

const header: RolloutHeader = {
  schema_version: 1,
  trace_id: 'trace',
  rollout_id: 'rollout',
  started_at_unix_ms: 1000,
  ended_at_unix_ms: null,
  status: 'running',
  root_thread_id: 'T1',
};

const compaction = (id: string, ...items: readonly string[]): TraceRows['compactions'] => ({
  compaction_id: id,
  thread_id: 'T1',
  codex_turn_id: 'U1',
  installed_at_unix_ms: 1,
  marker_item_id: 'i0',
  request_ids: [],
  input_item_ids: [...items],
  replacement_item_ids: [],
});
const add = (id: string, ...items: readonly string[]): Write =>
  insert('compactions', id, compaction(id, ...items));
const grow = (id: string, item: string): Write => link('compactions', id, 'input_item_ids', [item]);
const rename = (id: string, marker_item_id: string): Write => patch('compactions', id, { marker_item_id });
const remove = (id: string): Write => ({ type: 'remove', table: 'compactions', id });

const built = (writes: readonly Write[]): RolloutTrace => {
  const builder = traceBuilder(header);
  for (const write of writes) builder.apply(write);
  return builder.snapshot();
};

/** All that a table says, in every way of asking. */
const told = ({ compactions: table }: RolloutTrace) => ({
  size: table.size,
  keys: table.keys(),
  rows: [...table],
  values: [...table.values()],
  record: table.toJSON(),
  found: IDS.map((id) => [table.has(id), table.get(id)]),
});

const IDS = ['b', '9', '10', '__proto__', '😀', '\uffff', 'constructor'];
const anyId = fc.constantFrom(...IDS);
const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  anyId.map((id) => add(id)),
  fc.tuple(anyId, fc.string()).map(([id, name]) => rename(id, name)),
  fc.tuple(anyId, fc.string()).map(([id, item]) => grow(id, item)),
  anyId.map(remove),
  fc.nat().map((time): Write => ({ type: 'set_header', fields: { ended_at_unix_ms: time } })),
);

describe('a trace behind some writes', () => {
  it('is the one that a builder makes of all of them, and leaves the one before as it was', () => {
    fc.assert(
      fc.property(
        fc.array(anyWrite, { maxLength: 20 }),
        fc.array(anyWrite, { maxLength: 20 }),
        (below, above) => {
          const before = built(below);
          const after = withWrites(before, above);
          const whole = built([...below, ...above]);
          expect(told(after)).toEqual(told(whole));
          expect([...printTrace(after)]).toEqual([...printTrace(whole)]);
          expect(told(before)).toEqual(told(built(below)));
        },
      ),
    );
  });

  it('is the same trace where nothing is written', () => {
    const before = built([add('a')]);
    expect(withWrites(before, [])).toBe(before);
  });

  it('shares the tables and rows that are not written to, and the list of ids where no row comes or goes', () => {
    const before = built([add('a'), add('b')]);
    const after = withWrites(before, [rename('a', 'i9')]);
    expect(after.threads).toBe(before.threads);
    expect(after.compactions.get('b')).toBe(before.compactions.get('b'));
    expect(after.compactions.keys()).toBe(before.compactions.keys());
    expect(withWrites(before, [rename('none', 'i9')]).compactions).toBe(before.compactions);
  });

  it('is frozen as a snapshot is, also in the lists that grew', () => {
    const after = withWrites(built([add('a', 'i1')]), [grow('a', 'i2'), grow('a', 'i3'), add('b')]);
    const row = after.compactions.get('a');
    expect(row?.input_item_ids).toEqual(['i1', 'i2', 'i3']);
    const parts = [after, row, row?.input_item_ids, after.compactions.get('b'), after.compactions.keys()];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
  });
});
