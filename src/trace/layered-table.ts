import { sortUtf8 } from '../json/order.js';
import type { Table } from '../model/rollout-trace.js';

/** A table in which a few rows are not as in the table below: changed, added, or taken out where undefined. */
export class LayeredTable<Row> implements Table<Row> {
  readonly size: number;
  readonly #below: Table<Row>;
  readonly #rows: ReadonlyMap<string, Row | undefined>;
  #sorted: readonly string[] | undefined;

  constructor(below: Table<Row>, rows: ReadonlyMap<string, Row | undefined>) {
    this.#below = below;
    this.#rows = rows;
    let size = below.size;
    for (const [id, row] of rows) size += Number(row !== undefined) - Number(below.has(id));
    this.size = size;
  }

  get(id: string): Row | undefined {
    return this.#rows.has(id) ? this.#rows.get(id) : this.#below.get(id);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  keys(): readonly string[] {
    this.#sorted ??= this.#sort();
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

  #sort(): readonly string[] {
    const below = this.#below.keys();
    const ids = [...this.#rows.keys()];
    const isSame = ids.every((id) => this.has(id) === this.#below.has(id));
    if (isSame) return below;
    const added = ids.filter((id) => this.has(id) && !this.#below.has(id));
    return Object.freeze(sortUtf8([...below.filter((id) => this.has(id)), ...added]));
  }
}
