import { sortUtf8 } from '../json/order.js';
import type { PersistentVector } from './persistent-vector.js';
import { SortedTable } from './sorted-table.js';

/**
 * One version of a table. Rows stand in the order in which they came; all versions share the index of
 * their ids, in which a version sees only the rows that it has.
 */
export class TraceTable<Row> extends SortedTable<Row> {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #rows: PersistentVector<Row | undefined>;
  /** Rows that were taken out; each left an empty place. */
  readonly #removed: number;

  constructor(
    positions: ReadonlyMap<string, number>,
    rows: PersistentVector<Row | undefined>,
    removed: number,
  ) {
    super();
    this.#positions = positions;
    this.#rows = rows;
    this.#removed = removed;
  }

  override get size(): number {
    return this.#rows.size - this.#removed;
  }

  override get(id: string): Row | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#rows.get(position);
  }

  protected override sortedIds(): readonly string[] {
    return sortUtf8([...this.#ids()]);
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
