/**
 * What holds for a projection whatever was recorded: properties for `fc.assert`. The facts are those that a
 * stage at the end of the pipe hears.
 */
import fc from 'fast-check';
import { freeze } from 'immer';
import { from } from 'rxjs';
import type { Fact, FactType } from '../../src/facts/facts.js';
import { entryTypes, weave } from '../../src/facts/weave.js';
import type { LearnedType } from '../../src/facts/learned.js';
import { evolve, isRead } from '../../src/projections/evolve.js';
import type { Projection } from '../../src/projections/projection.js';
import type { Batch } from '../../src/streams/batch.js';
import { project } from '../../src/streams/project.js';
import { bundleOf } from '../../src/testing/bundle.js';
import { expectEqual, textOf } from '../../src/testing/expectation.js';
import { factsOf } from '../../src/testing/reduce.js';
import type { Session } from '../../src/testing/session.js';
import { sessions, type SessionOptions } from '../../src/testing/sessions.js';

type ProjectionLaw = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  options: SessionOptions,
) => fc.IProperty<[Session]>;

/** A step on a state that it owns alone says what it says on a frozen one, and changes no fact. */
export const frozenIsLent: ProjectionLaw = (projection, options) =>
  law(options, (facts) => {
    const state = projection.initial();
    const lent = facts.flatMap((fact) => {
      const said: string[] = [];
      if (isRead(projection, fact)) projection.step(state, fact, (each) => said.push(textOf(each)));
      return said;
    });
    const frozen = folded(projection, facts).flatMap(({ said }) => said.map(textOf));
    expectEqual('a state that is lent makes a difference', lent, frozen);
  });

/** As a stage of a stream it sends on every fact, and what its steps say stands behind those of their event. */
export const streamIsFold: ProjectionLaw = (projection, options) =>
  law(options, (facts) => {
    const said = new Map(folded(projection, facts).map((each) => [each.fact, each.said]));
    const isFolded = (fact: Fact): fact is Fact => said.has(fact);
    const woven = weave(facts, isFolded, (fact, pass, make) => {
      pass(fact);
      said.get(fact)?.forEach(make);
    });
    expectEqual('a stream makes a difference', streamed(projection, facts, 1), woven.map(textOf));
  });

/** It says the same, however many events come at a time. */
export const chunking: ProjectionLaw = (projection, options) =>
  law(options, (facts) => {
    const single = streamed(projection, facts, 1);
    for (const size of [2, 7, facts.length]) {
      expectEqual(`${size} events at a time make a difference`, streamed(projection, facts, size), single);
    }
  });

const law = (options: SessionOptions, check: (facts: readonly Fact[]) => void): fc.IProperty<[Session]> =>
  fc.property(sessions(options), (session) => check(freeze(factsOf(bundleOf(session)), true)));

/** Each fact, and what a step on a frozen state says to it. */
const folded = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  facts: readonly Fact[],
): readonly { readonly fact: Fact; readonly said: readonly Fact[] }[] => {
  let state = projection.initial();
  return facts.map((fact) => {
    const [next, said] = evolve(projection, state, fact);
    state = next;
    return { fact, said };
  });
};

/** What leaves the stage, as it is when its batch is there. */
const streamed = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  facts: readonly Fact[],
  size: number,
): readonly string[] => {
  const said: string[] = [];
  from(batchesOf(facts, size))
    .pipe(project(projection).operator)
    .subscribe((batch) => said.push(...batch.facts.map(textOf)));
  return said;
};

/** Batches of so many events, each event with what follows from it. */
const batchesOf = (facts: readonly Fact[], size: number): readonly Batch[] => {
  const starts = [...facts.keys()].filter((index) => {
    const fact = facts[index];
    return fact !== undefined && entryTypes.has(fact.type);
  });
  const cuts = [...starts.filter((_, index) => index % size === 0), facts.length];
  const batches = cuts.slice(1).map((cut, index) => ({ facts: facts.slice(cuts[index], cut), last: false }));
  return [...batches, { facts: [], last: true }];
};
