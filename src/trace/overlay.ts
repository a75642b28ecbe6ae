import type { Insert, Remove, Write } from '../facts/writes.js';
import type { TraceBuilder } from './trace-builder.js';

/**
 * Writes that hold only until the log goes on. Laid over a trace whose last snapshot is complete, they can be
 * taken back: every row is then the very object that it was before.
 */
export class Overlay {
  readonly #builder: TraceBuilder;
  readonly #restore = new Map<string, Insert | Remove>();
  #writes: readonly Write[] = [];

  constructor(builder: TraceBuilder) {
    this.#builder = builder;
  }

  /** Replaces what was laid over before, unless it says the same. */
  lay(writes: readonly Write[]): void {
    if (writes === this.#writes || sameValue(writes, this.#writes)) return;
    this.takeBack();
    // Nothing that is remembered may change in place.
    this.#builder.snapshot();
    for (const write of writes) {
      if (write.type === 'set_header') continue;
      const { table, id } = write;
      const key = JSON.stringify([table, id]);
      if (!this.#restore.has(key)) this.#restore.set(key, restoring(this.#builder, table, id));
      this.#builder.apply(write);
    }
    this.#writes = writes;
  }

  takeBack(): void {
    for (const write of this.#restore.values()) this.#builder.apply(write);
    this.#restore.clear();
    this.#writes = [];
  }

  /** Whether a write concerns a row that is covered. */
  covers(write: Write): boolean {
    if (this.#restore.size === 0 || write.type === 'set_header') return false;
    return this.#restore.has(JSON.stringify([write.table, write.id]));
  }
}

const restoring = (builder: TraceBuilder, table: Remove['table'], id: string): Insert | Remove => {
  const row = builder.row(table, id);
  // The row comes from the table that it goes back to.
  return row ? ({ type: 'insert', table, id, row } as Insert) : { type: 'remove', table, id };
};

const sameValue = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => sameValue(value, right.get(key)));
};
