import type { SetHeader, Write } from '../facts/writes.js';
import {
  tableNames,
  type RolloutHeader,
  type RolloutTrace,
  type Table,
  type TableName,
  type TraceRows,
} from '../model/rollout-trace.js';
import { LongLists } from './long-lists.js';
import { PersistentVector, type EditToken } from './persistent-vector.js';
import { TraceTable } from './trace-table.js';

/** Applies writes, and gives out immutable versions of the trace. */
export interface TraceBuilder {
  apply(write: Write): void;
  /** Tables and rows that did not change since the last snapshot are the same objects. */
  snapshot(): RolloutTrace;
  /** A row as it is now; the last snapshot holds it. */
  row(table: TableName, id: string): object | undefined;
  /** Ids of rows that were added, changed or taken out since this was asked last. */
  takeChanges(): TraceChanges;
}

export type TraceChanges = ReadonlyMap<TableName, readonly string[]>;

export const traceBuilder = (initial: RolloutHeader): TraceBuilder => {
  const drafts = Object.fromEntries(tableNames.map((name) => [name, new TableDraft()])) as {
    // One draft for each name: what Object.fromEntries cannot say.
    readonly [T in TableName]: TableDraft<TraceRows[T]>;
  };
  // Header and rows are of one schema, because the rules of that schema wrote them. One object that
  // is copied as it is: to join two of them for each snapshot takes ten times as long.
  const current = {
    ...initial,
    ...Object.fromEntries(tableNames.map((name) => [name, drafts[name].snapshot()])),
  } as unknown as RolloutTrace;
  let latest: RolloutTrace | undefined;
  return {
    apply(write) {
      if (write.type === 'set_header') {
        Object.assign(current, write.fields);
        latest = undefined;
      } else draftOf(drafts, write).apply(write);
    },
    row(table, id) {
      return drafts[table].row(id);
    },
    takeChanges() {
      const changes = new Map<TableName, readonly string[]>();
      for (const name of tableNames) {
        const ids = drafts[name].takeChanges();
        if (ids.length > 0) changes.set(name, ids);
      }
      return changes;
    },
    snapshot() {
      for (const name of tableNames) {
        const version: unknown = drafts[name].snapshot();
        if (version === current[name]) continue;
        Object.assign(current, { [name]: version });
        latest = undefined;
      }
      latest ??= Object.freeze({ ...current });
      return latest;
    },
  };
};

type RowWrite = Exclude<Write, SetHeader>;

/** The write and its draft are of the same table, which TypeScript cannot follow through a union. */
const draftOf = (
  drafts: { readonly [T in TableName]: TableDraft<TraceRows[T]> },
  write: RowWrite,
): { apply(write: RowWrite): void } => drafts[write.table] as unknown as { apply(write: RowWrite): void };

const NONE: readonly string[] = Object.freeze([]);

/** A table under construction. Rows that it made since the last snapshot are changed in place. */
class TableDraft<Row extends object> {
  readonly #positions = new Map<string, number>();
  /** A row that was taken out leaves its place empty: positions are for good. */
  #rows = PersistentVector.empty<Row | undefined>();
  #removed = 0;
  #token: EditToken = {};
  /** Rows and lists that no snapshot holds yet. */
  readonly #owned = new Set<object>();
  readonly #longLists = new LongLists<Row>();
  #version: Table<Row> | undefined;
  /** Since it was asked for the first time: a reduction that shows nothing on its way never asks. */
  #changed: Set<string> | undefined;

  apply(
    write:
      | { readonly type: 'insert'; readonly id: string; readonly row: Row }
      | { readonly type: 'patch'; readonly id: string; readonly fields: Partial<Row> }
      | { readonly type: 'remove'; readonly id: string }
      | {
          readonly type: 'link';
          readonly id: string;
          readonly field: keyof Row;
          readonly add: readonly unknown[];
        },
  ): void {
    this.#changed?.add(write.id);
    switch (write.type) {
      case 'insert':
        this.#put(write.id, Object.freeze(write.row));
        return;
      case 'remove':
        this.#take(write.id);
        return;
      case 'patch': {
        const row = this.#own(write.id);
        if (row) this.#longLists.assign(row, write.fields);
        return;
      }
      case 'link': {
        const row = this.#own(write.id);
        if (!row || this.#longLists.append(row, write.field, write.add, this.#token)) return;
        const list: unknown = row[write.field];
        if (!Array.isArray(list)) return;
        if (this.#owned.has(list)) list.push(...write.add);
        else {
          // Not spread, which leaves room for many more in each of the many short lists.
          const grown: unknown[] = list.concat(write.add);
          this.#owned.add(grown);
          Object.assign(row, { [write.field]: grown });
        }
        return;
      }
    }
  }

  snapshot(): Table<Row> {
    if (this.#version) return this.#version;
    for (const made of this.#owned) Object.freeze(made);
    this.#owned.clear();
    this.#token = {};
    this.#version = new TraceTable(this.#positions, this.#rows, this.#removed);
    return this.#version;
  }

  row(id: string): Row | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#rows.get(position);
  }

  takeChanges(): readonly string[] {
    if (this.#changed?.size === 0) return NONE;
    const changed = [...(this.#changed ?? this.snapshot().keys())];
    this.#changed = new Set();
    return changed;
  }

  /** A row that may be changed in place: the draft's own, or a copy of the one that was given or shown. */
  #own(id: string): Row | undefined {
    const position = this.#positions.get(id);
    const row = position === undefined ? undefined : this.#rows.get(position);
    if (position === undefined || row === undefined) return undefined;
    this.#version = undefined;
    if (this.#owned.has(row)) return row;
    const copy = this.#longLists.copy(row);
    this.#owned.add(copy);
    this.#rows = this.#rows.with(position, copy, this.#token);
    return copy;
  }

  #put(id: string, row: Row): void {
    const position = this.#positions.get(id);
    if (position === undefined) this.#positions.set(id, this.#positions.size);
    else if (this.#rows.get(position) === undefined) this.#removed -= 1;
    this.#rows = this.#rows.with(position ?? this.#rows.size, row, this.#token);
    this.#version = undefined;
  }

  #take(id: string): void {
    const position = this.#positions.get(id);
    if (position === undefined || this.#rows.get(position) === undefined) return;
    this.#rows = this.#rows.with(position, undefined, this.#token);
    this.#removed += 1;
    this.#version = undefined;
  }
}
