/**
 * Given what happened, when this happens, then the state of a projection of your own is that. Steps run on frozen
 * facts and frozen states: a step that changes what is not its own fails. What does not hold throws an Error that
 * shows the difference; so it works in every test runner.
 */
import { freeze } from 'immer';
import type { TraceFactOf, TraceFactType } from '../facts/trace-fact.js';
import { evolveView } from '../views/evolve-views.js';
import type { OwnProjection } from '../views/own-projection.js';
import { expectEqual } from './expectation.js';

export const givenOwn = <State extends object, Reads extends TraceFactType>(
  projection: OwnProjection<State, Reads>,
): Given<State, Reads> => {
  const from = (before: State): Given<State, Reads> => {
    const behind = (facts: readonly TraceFactOf<Reads>[]): State =>
      facts.reduce((state, fact) => evolveView(projection, state, [freeze(fact, true)]), before);
    return {
      after: (...facts) => from(behind(facts)),
      when(...facts) {
        const state = behind(facts);
        return {
          thenState: (expected) => expectEqual('the states differ', state, expected),
          thenNothing: () => expectEqual('the state changed', state, before),
        };
      },
    };
  };
  return from(freeze(projection.initial(), true));
};

export interface Given<State extends object, Reads extends TraceFactType> {
  /** What happened before. Facts can be taken from `factsOf`, or written by hand. */
  after(...facts: readonly TraceFactOf<Reads>[]): Given<State, Reads>;
  when(...facts: readonly TraceFactOf<Reads>[]): {
    /** Members of a Set, and keys of a Map, may come in any order. */
    thenState(expected: State): void;
    /** The state is what it was. */
    thenNothing(): void;
  };
}
