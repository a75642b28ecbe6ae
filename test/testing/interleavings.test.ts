import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../src/testing/bundle.js';
import {
  bundleOf,
  interleavings,
  reorderedSessions,
  sessions,
  type EventOrder,
  type Session,
} from '../../src/testing/index.js';

const isPlayed = (order: EventOrder): boolean => order.every((event, place) => event === place);

/** Whether each event comes behind those at `before`. */
const isBehind = (session: Session, order: EventOrder, before: 'causes' | 'races'): boolean => {
  const places = new Map(order.map((event, place) => [event, place]));
  const placeOf = (event: number): number => places.get(event) ?? -1;
  return eventsOf(session).every((event, index) =>
    event[before].every((other) => placeOf(other) < placeOf(index)),
  );
};

describe.each([1, 2] as const)('orders of sessions of schema %i', (schema) => {
  it('keep what is causal, and what decides', () => {
    fc.assert(
      fc.property(reorderedSessions({ schema }), ({ session, order }) => {
        expect(order.toSorted((a, b) => a - b)).toEqual([...eventsOf(session).keys()]);
        return isBehind(session, order, 'causes') && isBehind(session, order, 'races');
      }),
      { seed: 1 },
    );
  });

  it('turn around what decides where they are asked to, and nothing that is causal', () => {
    const orders = fc.sample(reorderedSessions({ schema, races: true }), { seed: 1, numRuns: 200 });
    expect(orders.every(({ session, order }) => isBehind(session, order, 'causes'))).toBe(true);
    expect(orders.filter(({ session, order }) => !isBehind(session, order, 'races')).length).toBeGreaterThan(
      10,
    );
  });

  it('often differ from the one that is played', () => {
    const orders = fc.sample(reorderedSessions({ schema }), { seed: 1, numRuns: 200 });
    expect(orders.filter(({ order }) => !isPlayed(order)).length).toBeGreaterThan(50);
  });

  it('shrink to a single event that overtakes others', () => {
    const result = fc.check(
      fc.property(reorderedSessions({ schema }), ({ order }) => isPlayed(order)),
      { seed: 1 },
    );
    const { session, order = [] } = result.counterexample?.[0] ?? {};
    expect(session?.turns.length).toBeLessThan(4);
    // These are the one that is late, and those that wait for it.
    expect([...order.entries()].filter(([place, event]) => event > place)).toHaveLength(1);
  });

  it('number their events by their place', () => {
    const [session] = fc.sample(sessions({ schema }), { seed: 4, numRuns: 1 });
    if (!session) throw new Error('no session');
    for (const order of fc.sample(interleavings(session), { seed: 1, numRuns: 5 })) {
      const { events } = bundleOf(session, order);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      const played = bundleOf(session).events;
      expect(events.map(({ payload }) => payload)).toEqual(order.map((place) => played[place]?.payload));
    }
  });
});

it('refuses what is no order of the events of a session', () => {
  const [session] = fc.sample(sessions({ schema: 1, crashes: false }), { seed: 1, numRuns: 1 });
  if (!session) throw new Error('no session');
  for (const order of [[], [0, 0], [99_999]]) {
    expect(() => bundleOf(session, order)).toThrow(RangeError);
  }
});
