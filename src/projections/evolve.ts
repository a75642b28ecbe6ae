import { enableMapSet, freeze, produce } from 'immer';
import { holdsDraft, withoutDrafts } from '../facts/drafts.js';
import type { Fact, FactOf, FactType } from '../facts/facts.js';
import type { LearnedType } from '../facts/learned.js';
import type { Projection } from './projection.js';

enableMapSet();

/**
 * One step of a projection with nothing mutated: the state goes in frozen and a new one comes out, with
 * the facts that the step emitted. It says what a projection means; the streams do the same faster.
 */
export const evolve = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  state: State,
  fact: Fact,
): readonly [next: State, emitted: readonly Fact[]] => {
  if (!isRead(projection, fact)) return [state, []];
  const emitted: Fact[] = [];
  const next = produce(freeze(state, true), (draft) => {
    // A draft of a state is a state: `Draft` only drops `readonly`, which the state types use for fields.
    projection.step(draft as State, fact, (learned) => emitted.push(settled(learned)));
  });
  return [next, emitted];
};

/** A fact as it is now: drafts of the state that it mentions must outlive the step. */
export const settled = (fact: Fact): Fact =>
  // Taking the drafts out of a fact leaves a fact.
  freeze(holdsDraft(fact) ? (withoutDrafts(fact) as Fact) : fact, true);

/** Whether a projection or gate asked for this type of fact. */
export const isRead = <Reads extends FactType>(
  reader: { readonly reads: readonly Reads[] },
  fact: Fact,
): fact is FactOf<Reads> => (reader.reads as readonly FactType[]).includes(fact.type);
