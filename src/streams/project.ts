import { defer, map, scan } from 'rxjs';
import type { Fact, FactOf, FactType } from '../facts/facts.js';
import type { LearnedType } from '../facts/learned.js';
import { weave } from '../facts/weave.js';
import type { Projection } from '../projections/projection.js';
import type { Batch } from './batch.js';
import { foresee } from './foresee.js';
import type { Stage } from './stage.js';

/**
 * A projection as a stage: a `scan` over batches. The state is lent to the steps, plain and unfrozen:
 * nobody else can see it, so nothing needs a copy. Every subscription starts with a state of its own.
 */
export const project = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
): Stage => {
  const reads: ReadonlySet<FactType> = new Set<FactType>(projection.reads);
  const isRead = (fact: Fact): fact is FactOf<Reads> => reads.has(fact.type);
  const run = (running: Running<State>, batch: Batch): Batch => {
    const facts = weave(batch.facts, isRead, (fact, pass, make) => {
      pass(fact);
      projection.step(running.state, fact, make);
    });
    const isHeard = facts !== batch.facts;
    const outlook = batch.outlook && lookAhead(projection, running, batch.outlook, isHeard);
    return isHeard || outlook !== batch.outlook ? { facts, last: batch.last, outlook } : batch;
  };
  return {
    name: projection.name,
    reads: projection.reads,
    learns: projection.learns,
    operator: (batches) =>
      defer(() =>
        batches.pipe(
          scan(({ running }, batch: Batch) => ({ running, batch: run(running, batch) }), {
            running: { state: projection.initial(), foreseen: undefined } as Running<State>,
            batch: { facts: [], last: false } as Batch,
          }),
          map(({ batch }) => batch),
        ),
      ),
  };
};

interface Running<State> {
  readonly state: State;
  /** What was made of the last outlook: the outlook itself where none of it is read. */
  foreseen: { readonly of: readonly Fact[]; readonly gives: readonly Fact[] } | undefined;
}

/** The same list as before, where neither the outlook nor what it is based on has changed. */
const lookAhead = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  running: Running<State>,
  outlook: readonly Fact[],
  isHeard: boolean,
): readonly Fact[] => {
  const { foreseen } = running;
  if (foreseen?.of === outlook && (!isHeard || foreseen.gives === outlook)) return foreseen.gives;
  const gives = foresee(projection, running.state, outlook);
  running.foreseen = { of: outlook, gives };
  return gives;
};
