import type { EventBrief, EventIndex } from '../recording/event-index.js';

/** A raw event in a list. */
export type EventRow = Omit<EventBrief, 'payloads'>;

export interface RawEvent extends EventRow {
  /** The line of the log, as it was written. */
  readonly text: string;
  readonly payloads: readonly (readonly [id: string, path: string])[];
}

/** Which events are listed; null for all. */
export interface EventFilter {
  readonly type: string | null;
  readonly thread: string | null;
  readonly status: string | null;
}

export const ALL_EVENTS: EventFilter = { type: null, thread: null, status: null };

/** What there is to choose from, and the numbers of the events that were chosen, rising. */
export interface EventChoice {
  readonly types: readonly string[];
  readonly statuses: readonly string[];
  readonly numbers: Uint32Array;
}

export const chosenEvents = (events: EventIndex, { type, thread, status }: EventFilter): EventChoice => {
  const types = new Set<string>();
  const statuses = new Set<string>();
  const numbers: number[] = [];
  for (let number = 1; number <= events.length; number += 1) {
    const brief = events.brief(number);
    if (!brief) continue;
    types.add(brief.type);
    if (brief.status !== null) statuses.add(brief.status);
    const isChosen =
      (type === null || brief.type === type) &&
      (thread === null || brief.thread === thread) &&
      (status === null || brief.status === status);
    if (isChosen) numbers.push(number);
  }
  return { types: [...types].sort(), statuses: [...statuses].sort(), numbers: Uint32Array.from(numbers) };
};

/** Events by their numbers. */
export const eventRows = (events: EventIndex, numbers: readonly number[]): readonly EventRow[] =>
  numbers.flatMap((number): readonly EventRow[] => {
    const brief = events.brief(number);
    if (!brief) return [];
    const { payloads: _, ...row } = brief;
    return [row];
  });

export const rawEvent = (events: EventIndex, number: number): RawEvent | null => {
  const [row] = eventRows(events, [number]);
  const payloads = [...(events.brief(number)?.payloads ?? [])];
  return row ? { ...row, text: events.line(number) ?? '', payloads } : null;
};
