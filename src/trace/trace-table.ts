import { sortUtf8 } from '../json/order.js';
import type { Table } from '../model/rollout-trace.js';
import type { PersistentVector } from './persistent-vector.js';

/**
 * One version of a table. Rows stand in the order in which they came; all versions share the index of
 * their ids, in which a version sees only the rows that it has.
 */
export class TraceTable<Row> implements Table<Row> {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #rows: PersistentVector<Row | undefined>;
  /** Rows that were taken out; each left an empty place. */
  readonly #removed: number;
  #sorted: readonly string[] | undefined;

  constructor(
    positions: ReadonlyMap<string, number>,
    rows: PersistentVector<Row | undefined>,
    removed: number,
  ) {
    this.#positions = positions;
    this.#rows = rows;
    this.#removed = removed;
  }

  get size(): number {
    return this.#rows.size - this.#removed;
  }

  get(id: string): Row | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#rows.get(position);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  keys(): readonly string[] {
    this.#sorted ??= Object.freeze(sortUtf8([...this.#ids()]));
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

  /** Ids in the order of their rows: a version has the first `size` of all. */
  *#ids(): Iterable<string> {
    let position = 0;
    for (const id of this.#positions.keys()) {
      if (position === this.#rows.size) return;
      if (this.#rows.get(position) !== undefined) yield id;
      position += 1;
    }
  }
}
