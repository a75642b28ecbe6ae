import fc from 'fast-check';
import { eventsOf } from './bundle.js';
import type { PlannedEvent } from './script/script.js';
import type { Session } from './session.js';
import { sessions, type SessionOptions } from './sessions.js';

/** Positions in the order in which `bundleOf` plays a session. */
export type EventOrder = readonly number[];

export interface InterleavingOptions {
  /** Also turns around pairs of events that a graph tells apart by who came first: docs/orderings.md. */
  readonly races?: boolean;
}

/**
 * Orders in which the events of a session could have been recorded too, for `bundleOf`. What runs beside each
 * other comes in any order; what needs something comes behind that. Shrinks to the order in which the session
 * is played.
 */
export const interleavings = (
  session: Session,
  options: InterleavingOptions = {},
): fc.Arbitrary<EventOrder> => anyDelays.map((delays) => orderOf(session, delays, options));

/** A session and another order of its events. Both shrink at the same time. */
export interface ReorderedSession {
  readonly session: Session;
  readonly order: EventOrder;
}
export const reorderedSessions = (
  options: SessionOptions & InterleavingOptions,
): fc.Arbitrary<ReorderedSession> =>
  fc
    .tuple(sessions(options), anyDelays)
    .map(([session, delays]) => ({ session, order: orderOf(session, delays, options) }));

/** Which event is late, and by how much: few events by little, or many by anything. */
type Delays = readonly (readonly [event: number, by: number])[];
const MANY = 1000;
const anyDelays: fc.Arbitrary<Delays> = fc.array(
  fc.tuple(fc.nat({ max: MANY }), fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 2 * MANY }))),
  { maxLength: MANY },
);

/**
 * Each time the event whose turn it is, out of those that have all that they wait for: those that are not late
 * come as they are played. Delays of at most twice the number of events lead to every order.
 */
const orderOf = (session: Session, delays: Delays, options: InterleavingOptions): EventOrder => {
  const waits = waitsOf(eventsOf(session), options);
  const late = new Map(delays.map(([event, by]) => [event % waits.length, by]));
  const due = (event: number): number => event + (late.get(event) ?? 0);
  const order: number[] = [];
  const placed = new Set<number>();
  const left = new Set(waits.keys());
  while (left.size > 0) {
    let next: number | undefined;
    for (const event of left) {
      if (next !== undefined && due(next) <= due(event)) continue;
      if (waits[event]?.every((cause) => placed.has(cause))) next = event;
    }
    if (next === undefined) throw new Error('events wait for each other');
    order.push(next);
    placed.add(next);
    left.delete(next);
  }
  return order;
};

/** For each event those that come before it. */
const waitsOf = (
  events: readonly PlannedEvent[],
  { races = false }: InterleavingOptions,
): readonly (readonly number[])[] =>
  events.map((event) => (races ? event.causes : [...event.causes, ...event.races]));
