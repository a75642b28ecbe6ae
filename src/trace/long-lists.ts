import { PersistentVector, type EditToken } from './persistent-vector.js';

/** From this length on a list is not copied for each snapshot in which it grew. */
const LONG = 256;

/**
 * Lists of rows that grow for a whole session, such as the items of a thread: to copy them for each snapshot
 * would cost more the longer the session is. A row that has one looks like any other. Its field is put
 * together when it is read for the first time, and is the same list from then on.
 */
export class LongLists<Row extends object> {
  readonly #ofRow = new WeakMap<Row, Map<keyof Row, LongList>>();

  /** A copy of a row, for which no list is put together. */
  copy(row: Row): Row {
    const lists = this.#ofRow.get(row);
    if (!lists) return { ...row };
    const copy: Partial<Row> = {};
    for (const field of fieldsOf(row)) {
      const list = lists.get(field);
      if (list) define(copy, field, list);
      else copy[field] = row[field];
    }
    // It has every field of the row.
    this.#ofRow.set(copy as Row, new Map(lists));
    return copy as Row;
  }

  /** Replaces fields of a row. */
  assign(row: Row, fields: Partial<Row>): void {
    const lists = this.#ofRow.get(row);
    for (const field of lists ? fieldsOf(fields) : []) {
      // In its place: the order of the fields is that of the print.
      if (lists?.delete(field)) Object.defineProperty(row, field, { value: undefined, writable: true });
    }
    Object.assign(row, fields);
  }

  /** Appends to a list that is long, and was shown in a snapshot. False where it is neither. */
  append(row: Row, field: keyof Row, add: readonly unknown[], token: EditToken): boolean {
    const lists = this.#ofRow.get(row);
    const known = lists?.get(field) ?? shown(row[field], token);
    if (!known) return false;
    const list = known.with(add, token);
    define(row, field, list);
    if (lists) lists.set(field, list);
    else this.#ofRow.set(row, new Map([[field, list]]));
    return true;
  }
}

/** A version of a list, of which the whole is made once and only if somebody asks. */
class LongList {
  readonly #items: PersistentVector<unknown>;
  #whole: readonly unknown[] | undefined;

  constructor(items: PersistentVector<unknown>) {
    this.#items = items;
  }

  get whole(): readonly unknown[] {
    this.#whole ??= Object.freeze(this.#items.toArray());
    return this.#whole;
  }

  with(add: readonly unknown[], token: EditToken): LongList {
    let items = this.#items;
    for (const item of add) items = items.with(items.size, item, token);
    return new LongList(items);
  }
}

/** What is not frozen was not shown yet, and can be copied or changed in place: that happens once. */
const shown = (list: unknown, token: EditToken): LongList | undefined =>
  Array.isArray(list) && list.length >= LONG && Object.isFrozen(list)
    ? new LongList(PersistentVector.empty()).with(list, token)
    : undefined;

const define = (row: object, field: PropertyKey, list: LongList): void => {
  Object.defineProperty(row, field, { enumerable: true, configurable: true, get: () => list.whole });
};

/** Rows have no other keys than their fields. */
const fieldsOf = <Row extends object>(row: Row): readonly (keyof Row)[] => Object.keys(row) as (keyof Row)[];
