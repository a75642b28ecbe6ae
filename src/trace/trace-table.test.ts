import { describe, expect, it } from 'vitest';
import { PersistentVector } from './persistent-vector.js';
import { TraceTable } from './trace-table.js';

const tableOf = (...ids: readonly string[]) => {
  const token = {};
  let rows = PersistentVector.empty<{ id: string } | undefined>();
  ids.forEach((id, index) => (rows = rows.with(index, { id }, token)));
  return new TraceTable(new Map(ids.map((id, index) => [id, index])), rows, 0);
};
const odd = ['b', '9', 'é', '10', '__proto__', '😀', '\uffff', 'B', '', 'constructor'];
const sorted = ['', '10', '9', 'B', '__proto__', 'b', 'constructor', 'é', '\uffff', '😀'];

describe('a table', () => {
  it('finds rows by their ids, whatever those are', () => {
    const table = tableOf(...odd);
    for (const id of odd) {
      expect(table.get(id)).toEqual({ id });
      expect(table.has(id)).toBe(true);
    }
    for (const id of ['toString', 'a']) {
      expect(table.get(id)).toBeUndefined();
      expect(table.has(id)).toBe(false);
    }
  });

  it('is iterated in the order of the bytes of its ids', () => {
    const table = tableOf(...odd);
    expect(table.keys()).toEqual(sorted);
    expect([...table].map(([id]) => id)).toEqual(sorted);
    expect([...table.values()].map(({ id }) => id)).toEqual(sorted);
  });

  it('may be iterated again and again', () => {
    const table = tableOf('a');
    const values = table.values();
    expect([[...values], [...table.values()], [...table], [...table]].map((each) => each.length)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('gives its ids out once, unchangeable', () => {
    const table = tableOf('b', 'a');
    expect(table.keys()).toBe(table.keys());
    expect(Object.isFrozen(table.keys())).toBe(true);
  });

  it('becomes a record without a prototype', () => {
    const record = tableOf('__proto__', 'b').toJSON();
    expect(Object.getPrototypeOf(record)).toBeNull();
    expect(Object.keys(record)).toEqual(['__proto__', 'b']);
    expect(JSON.stringify(tableOf('__proto__'))).toBe('{"__proto__":{"id":"__proto__"}}');
  });

  it('may be empty', () => {
    expect([tableOf().size, tableOf().keys(), [...tableOf()]]).toEqual([0, [], []]);
  });

  it('has no rows in the places that were emptied', () => {
    const token = {};
    const rows = PersistentVector.empty<{ id: string } | undefined>()
      .with(0, { id: 'b' }, token)
      .with(1, undefined, token)
      .with(2, { id: 'a' }, token);
    const table = new TraceTable(new Map(['b', 'gone', 'a'].map((id, index) => [id, index])), rows, 1);
    expect([table.size, table.keys()]).toEqual([2, ['a', 'b']]);
    expect([...table.values()]).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect([table.has('gone'), table.get('gone')]).toEqual([false, undefined]);
  });

  it('does not see rows that a later version added', () => {
    const token = {};
    const rows = PersistentVector.empty<{ id: string } | undefined>().with(0, { id: 'b' }, token);
    const positions = new Map(['b', 'later'].map((id, index) => [id, index]));
    const table = new TraceTable(positions, rows, 0);
    expect([table.size, table.keys(), table.has('later')]).toEqual([1, ['b'], false]);
  });
});
