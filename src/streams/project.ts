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
  const run = (state: State, batch: Batch): Batch => ({
    facts: weave(batch.facts, (fact, pass, make) => {
      pass(fact);
      if (isRead(fact)) projection.step(state, fact, make);
    }),
    last: batch.last,
    outlook: batch.outlook && foresee(projection, state, batch.outlook),
  });
  return {
    name: projection.name,
    reads: projection.reads,
    learns: projection.learns,
    operator: (batches) =>
      defer(() =>
        batches.pipe(
          scan(({ state }, batch: Batch) => ({ state, batch: run(state, batch) }), {
            state: projection.initial(),
            batch: { facts: [], last: false } as Batch,
          }),
          map(({ batch }) => batch),
        ),
      ),
  };
};
