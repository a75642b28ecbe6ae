import type { Table } from '../model/rollout-trace.js';

/** What every kind of table can do once it knows its ids, in the order of their bytes, and finds a row. */
export abstract class SortedTable<Row> implements Table<Row> {
  #sorted: readonly string[] | undefined;

  abstract get size(): number;
  abstract get(id: string): Row | undefined;
  /** Asked once, when somebody lists the table. */
  protected abstract sortedIds(): readonly string[];

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  keys(): readonly string[] {
    this.#sorted ??= Object.freeze(this.sortedIds());
    return this.#sorted;
  }

  *values(): Iterable<Row> {
    for (const [, row] of this) yield row;
  }

  *[Symbol.iterator](): Iterator<readonly [id: string, row: Row]> {
    for (const id of this.keys()) {
      const row = this.get(id);
      if (row !== undefined) yield [id, row];
    }
  }

  toJSON(): Record<string, Row> {
    const record: Record<string, Row> = Object.create(null);
    for (const [id, row] of this) record[id] = row;
    return record;
  }
}
