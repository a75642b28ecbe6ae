import { describe, it } from 'vitest';
import { at, threadEnded } from '../../test/helpers/facts.js';
import { threadAppeared, turnAppeared, turnOver } from '../../test/helpers/learned.js';
import { holdsInTime } from '../../test/helpers/marbles.js';
import type { Fact } from '../facts/facts.js';
import { defineGate } from '../gates/gate.js';
import type { Batch } from './batch.js';
import { gate } from './gate.js';

/** Holds turns until a thread appears; at the end it gives up what waits. */
const turnsWait = gate(
  defineGate({
    name: 'turnsWait',
    reads: ['turn_appeared', 'thread_appeared'],
    learns: [],
    initial: () => ({ held: 0 }),
    decide(state, fact, sluice) {
      if (fact.type === 'turn_appeared') {
        state.held += 1;
        sluice.hold('turns', fact);
        return;
      }
      sluice.pass(fact);
      sluice.release('turns', (held) => held.toReversed());
      sluice.release('no such lane', () => {
        throw new Error('there is nothing to revise');
      });
      state.held = 0;
    },
    close(state, sluice) {
      if (state.held > 0) sluice.report(givenUp(state.held));
    },
  }),
);

const givenUp = (held: number) =>
  ({
    type: 'unresolved',
    unresolved: { kind: 'code_cell', entity: String(held), waitsFor: 'a thread', since: at() },
  }) as const;
const [u1, u2] = [turnAppeared(), turnAppeared({ codex_turn_id: 'U2' })];
const thread = threadAppeared();
const other = turnOver();
const event = threadEnded();
const batch = (...facts: readonly Fact[]): Batch => ({ facts, last: false });
const last = (...facts: readonly Fact[]): Batch => ({ facts, last: true });

describe('a gate in a stream', () => {
  it('lets through what it does not read, and holds what waits', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const source = cold('a-(b|)', { a: batch(u1, other, u2), b: last() });
      expectObservable(source.pipe(turnsWait.operator)).toBe('a-(b|)', {
        a: batch(other),
        b: last(givenUp(2)),
      });
    });
  });

  it('sets free in the place of what opened it, before anything that followed', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const source = cold('a-b-(c|)', {
        a: batch(event, u1, u2),
        b: batch(event, thread, other, event, other),
        c: last(),
      });
      expectObservable(source.pipe(turnsWait.operator)).toBe('a-b-(c|)', {
        a: batch(event),
        b: batch(event, thread, u2, u1, other, event, other),
        c: last(),
      });
    });
  });

  it('closes with the last batch, behind its facts', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const source = cold('a-(b|)', { a: batch(u1), b: last(u2, other) });
      expectObservable(source.pipe(turnsWait.operator)).toBe('a-(b|)', {
        a: batch(),
        b: last(other, givenUp(2)),
      });
    });
  });

  it('starts anew with every subscription', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const gated = cold('a-(b|)', { a: batch(u1), b: last(thread) }).pipe(turnsWait.operator);
      const values = { a: batch(), b: last(thread, u1) };
      expectObservable(gated).toBe('a-(b|)', values);
      expectObservable(gated).toBe('a-(b|)', values);
    });
  });

  it('does not close when the source fails or nobody listens any more', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const failing = cold('a-#', { a: batch(u1) }).pipe(turnsWait.operator);
      expectObservable(failing).toBe('a-#', { a: batch() });
      const source = cold('a-(b|)', { a: batch(other), b: last(other) });
      expectObservable(source.pipe(turnsWait.operator), '-!').toBe('a-', { a: batch(other) });
    });
  });
});
