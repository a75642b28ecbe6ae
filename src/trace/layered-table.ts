import { sortUtf8 } from '../json/order.js';
import type { Table } from '../model/rollout-trace.js';
import { SortedTable } from './sorted-table.js';

/** A table in which a few rows are not as in the table below: changed, added, or taken out where undefined. */
export class LayeredTable<Row> extends SortedTable<Row> {
  readonly #size: number;
  readonly #below: Table<Row>;
  readonly #rows: ReadonlyMap<string, Row | undefined>;

  constructor(below: Table<Row>, rows: ReadonlyMap<string, Row | undefined>) {
    super();
    this.#below = below;
    this.#rows = rows;
    let size = below.size;
    for (const [id, row] of rows) size += Number(row !== undefined) - Number(below.has(id));
    this.#size = size;
  }

  override get size(): number {
    return this.#size;
  }

  override get(id: string): Row | undefined {
    return this.#rows.has(id) ? this.#rows.get(id) : this.#below.get(id);
  }

  protected override sortedIds(): readonly string[] {
    const below = this.#below.keys();
    const ids = [...this.#rows.keys()];
    const isSame = ids.every((id) => this.has(id) === this.#below.has(id));
    if (isSame) return below;
    const added = ids.filter((id) => this.has(id) && !this.#below.has(id));
    return sortUtf8([...below.filter((id) => this.has(id)), ...added]);
  }
}
