import type { Link, Patch, SetHeader, Write } from '../facts/writes.js';
import type { RolloutTrace, Table, TableName } from '../model/rollout-trace.js';
import { LayeredTable } from './layered-table.js';

/**
 * The trace behind some writes. It costs those writes and no more: all other rows are those of the trace that
 * was given, which stays as it is.
 */
export const withWrites = (trace: RolloutTrace, writes: readonly Write[]): RolloutTrace => {
  if (writes.length === 0) return trace;
  const layers = new Map<TableName, TableLayer>();
  let header: SetHeader['fields'] = {};
  for (const write of writes) {
    if (write.type === 'set_header') {
      header = { ...header, ...write.fields };
      continue;
    }
    const layer = layers.get(write.table) ?? new TableLayer(trace[write.table]);
    layers.set(write.table, layer);
    layer.apply(write);
  }
  const tables = Object.fromEntries([...layers].map(([name, layer]) => [name, layer.toTable()]));
  // Writes of a schema, over a trace of that schema.
  return Object.freeze({ ...trace, ...header, ...tables } as RolloutTrace);
};

/** The rows of a table that are written to. Those that it made are changed in place. */
class TableLayer {
  readonly #below: Table<object>;
  readonly #rows = new Map<string, object | undefined>();
  readonly #owned = new Set<object>();

  constructor(below: Table<object>) {
    this.#below = below;
  }

  apply(write: Exclude<Write, SetHeader>): void {
    switch (write.type) {
      case 'insert':
        this.#rows.set(write.id, Object.freeze(write.row));
        return;
      case 'remove':
        this.#rows.set(write.id, undefined);
        return;
      case 'patch':
      case 'link': {
        const row = this.#own(write.id);
        if (row) this.#change(row, write);
        return;
      }
    }
  }

  /** Nothing may be written to it any more. */
  toTable(): Table<object> {
    for (const made of this.#owned) Object.freeze(made);
    return this.#rows.size === 0 ? this.#below : new LayeredTable(this.#below, this.#rows);
  }

  #change(row: object, write: Patch | Link): void {
    if (write.type === 'patch') {
      Object.assign(row, write.fields);
      return;
    }
    const list: unknown = Reflect.get(row, write.field);
    if (!Array.isArray(list)) return;
    if (this.#owned.has(list)) list.push(...write.add);
    else {
      const grown: unknown[] = [...list, ...write.add];
      this.#owned.add(grown);
      Object.assign(row, { [write.field]: grown });
    }
  }

  /** A row that may be changed in place. */
  #own(id: string): object | undefined {
    const row = this.#rows.has(id) ? this.#rows.get(id) : this.#below.get(id);
    if (row === undefined || this.#owned.has(row)) return row;
    const copy = { ...row };
    this.#owned.add(copy);
    this.#rows.set(id, copy);
    return copy;
  }
}
