import { enableMapSet, Immer } from 'immer';
import type { Fact, FactOf, FactType } from '../facts/facts.js';
import type { LearnedType } from '../facts/learned.js';
import { withoutDrafts } from '../facts/drafts.js';
import type { Projection } from '../projections/projection.js';

enableMapSet();

/** The state is only lent, so it must not be frozen. */
const { produce } = new Immer({ autoFreeze: false });

/** What a projection would make of facts that may never come. Its state stays as it is. */
export const foresee = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  state: State,
  facts: readonly Fact[],
): readonly Fact[] => {
  const reads: ReadonlySet<FactType> = new Set<FactType>(projection.reads);
  const isRead = (fact: Fact): fact is FactOf<Reads> => reads.has(fact.type);
  if (!facts.some(isRead)) return facts;
  const made: Fact[] = [];
  produce(state, (draft) => {
    for (const fact of facts) {
      // A draft of a state is a state, as in `evolve`; and a fact without drafts is a fact.
      const make = (emitted: Fact): void => void made.push(withoutDrafts(emitted) as Fact);
      if (isRead(fact)) projection.step(draft as State, fact, make);
    }
  });
  return [...facts, ...made];
};
