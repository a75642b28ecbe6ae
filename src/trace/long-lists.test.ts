import { describe, expect, it } from 'vitest';
import { LongLists } from './long-lists.js';

interface Row {
  readonly id: string;
  readonly items: readonly string[];
  readonly name: string;
}

const many = Object.freeze(Array.from({ length: 1000 }, (_, index) => `item ${index}`));
const rowOf = (items: readonly string[]): Row => ({ id: 'a', items, name: 'old' });

/** A row whose list has grown by these items, one version for each. */
const versions = (lists: LongLists<Row>, add: readonly string[]): readonly Row[] => {
  const rows = [rowOf(many)];
  for (const item of add) {
    const next = lists.copy(rows.at(-1) ?? rowOf(many));
    expect(lists.append(next, 'items', [item], {})).toBe(true);
    rows.push(Object.freeze(next));
  }
  return rows;
};

describe('a long list', () => {
  it('is a list like any other in every version of its row', () => {
    const rows = versions(new LongLists(), ['x', 'y']);
    expect(rows).toEqual([rowOf(many), rowOf([...many, 'x']), rowOf([...many, 'x', 'y'])]);
    expect(JSON.stringify(rows[2])).toBe(JSON.stringify(rowOf([...many, 'x', 'y'])));
  });

  it('is put together once, and frozen', () => {
    const [, row] = versions(new LongLists(), ['x']);
    expect(row?.items).toBe(row?.items);
    expect(row?.items).toSatisfy(Array.isArray);
    expect(row?.items).toSatisfy(Object.isFrozen);
  });

  it('is the same list in a copy of the row that changed elsewhere', () => {
    const lists = new LongLists<Row>();
    const [, row = rowOf([])] = versions(lists, ['x']);
    const copy = lists.copy(row);
    lists.assign(copy, { name: 'new' });
    expect(copy).toEqual({ ...row, name: 'new' });
    expect(copy.items).toBe(row.items);
  });

  it('grows in place between two snapshots', () => {
    const lists = new LongLists<Row>();
    const token = {};
    const row = rowOf(many);
    for (const item of ['x', 'y', 'z']) lists.append(row, 'items', [item], token);
    expect(row.items).toEqual([...many, 'x', 'y', 'z']);
  });

  it('gives way to another list in the same place', () => {
    const lists = new LongLists<Row>();
    const [, row = rowOf([])] = versions(lists, ['x']);
    const copy = lists.copy(row);
    lists.assign(copy, { items: ['b'] });
    expect(Object.keys(copy)).toEqual(['id', 'items', 'name']);
    expect(copy).toEqual(rowOf(['b']));
    expect(row.items).toEqual([...many, 'x']);
  });

  it('is not put together by a row that it is copied to, or that it grows in', () => {
    const lists = new LongLists<Row>();
    const [, row = rowOf([])] = versions(lists, ['x']);
    const getters = [row, lists.copy(row)].map(
      (version) => Object.getOwnPropertyDescriptor(version, 'items')?.get,
    );
    expect(getters).toEqual([expect.any(Function), expect.any(Function)]);
  });

  it.each([
    ['short', Object.freeze(['a', 'b'])],
    ['not shown yet', [...many]],
  ])('is none where it is %s', (_what, list) => {
    expect(new LongLists<Row>().append(rowOf(list), 'items', ['x'], {})).toBe(false);
  });
});
