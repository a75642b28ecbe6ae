import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { threadEnded, unresolved } from '../../test/helpers/facts.js';
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

const givenUp = (held: number) => unresolved({ entity: String(held), waitsFor: 'a thread' });
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

  it('is not asked anew how it would close while what waits is as it was', () => {
    let asked = 0;
    const turns = gate(
      defineGate({
        name: 'turns',
        reads: ['turn_appeared', 'turn_ended'],
        learns: [],
        initial: () => ({}),
        decide(_state, fact, sluice) {
          if (fact.type === 'turn_appeared') sluice.hold(fact.codex_turn_id, fact);
          else sluice.passBy(fact);
        },
        close(_state, sluice) {
          asked += 1;
          sluice.report(givenUp(asked));
        },
      }),
    );
    const nothing: readonly Fact[] = [];
    const ahead = (...facts: readonly Fact[]): Batch => ({ facts, last: false, outlook: nothing });
    const outlooks: unknown[] = [];
    from([ahead(u1), ahead(other), ahead(event), ahead(), ahead(u2), ahead(other)])
      .pipe(turns.operator)
      .subscribe(({ outlook }) => outlooks.push(outlook));
    const [first, , , , fifth] = outlooks;
    expect([first, fifth]).toEqual([[givenUp(1)], [givenUp(2)]]);
    expect(outlooks.map((outlook) => [first, fifth].indexOf(outlook))).toEqual([0, 0, 0, 0, 1, 1]);
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
