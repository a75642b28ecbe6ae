import type { EventIndex } from '../recording/event-index.js';

/** A raw event in a list. */
export interface EventRow {
  readonly number: number;
  readonly seq: string;
  readonly time: number | null;
  readonly type: string;
  readonly thread: string | null;
  readonly ids: readonly string[];
}

export interface RawEvent extends EventRow {
  /** The line of the log, as it was written. */
  readonly text: string;
  readonly payloads: readonly (readonly [id: string, path: string])[];
}

/** Events by their numbers, from `from` to `to`, both included. */
export const eventRows = (events: EventIndex, from: number, to: number): readonly EventRow[] => {
  const rows: EventRow[] = [];
  for (let number = Math.max(1, from); number <= Math.min(to, events.length); number += 1) {
    const brief = events.brief(number);
    if (!brief) continue;
    const { seq, time, type, thread, ids } = brief;
    rows.push({ number, seq, time, type, thread, ids });
  }
  return rows;
};

export const rawEvent = (events: EventIndex, number: number): RawEvent | null => {
  const [row] = eventRows(events, number, number);
  const payloads = [...(events.brief(number)?.payloads ?? [])];
  return row ? { ...row, text: events.line(number) ?? '', payloads } : null;
};
