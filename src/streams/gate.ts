import { defer, map, ReplaySubject, scan } from 'rxjs';
import type { Fact, FactOf, FactType } from '../facts/facts.js';
import { weave } from '../facts/weave.js';
import type { Gate, Sluice } from '../gates/gate.js';
import type { Batch } from './batch.js';
import type { Stage } from './stage.js';

/**
 * A gate as a stage. Each lane is a buffered subject: it collects what waits, is completed when the gate
 * releases it, and then replays its facts into the stream at the point where they were set free.
 */
export const gate = <State extends object, Reads extends FactType>(definition: Gate<State, Reads>): Stage => {
  const reads: ReadonlySet<FactType> = new Set<FactType>(definition.reads);
  const isRead = (fact: Fact): fact is FactOf<Reads> => reads.has(fact.type);
  const run = ({ state, lanes }: Waiting<State>, batch: Batch): Batch => {
    const facts = weave(batch.facts, (fact, pass, make) => {
      if (isRead(fact)) definition.decide(state, fact, sluiceOf(lanes, pass, make));
      else pass(fact);
    });
    if (batch.last) facts.push(...closing(definition, state, lanes));
    const outlook = batch.outlook && [...batch.outlook, ...closing(definition, state, lanes)];
    return { facts, last: batch.last, outlook };
  };
  return {
    name: definition.name,
    reads: definition.reads,
    learns: definition.learns,
    operator: (batches) =>
      defer(() =>
        batches.pipe(
          scan(({ waiting }, batch: Batch) => ({ waiting, batch: run(waiting, batch) }), {
            waiting: { state: definition.initial(), lanes: new Map() } as Waiting<State>,
            batch: { facts: [], last: false } as Batch,
          }),
          map(({ batch }) => batch),
        ),
      ),
  };
};

interface Waiting<State> {
  readonly state: State;
  readonly lanes: Map<string, ReplaySubject<Fact>>;
}

/** What the gate says if the log ends here. It may go on: nothing is taken out of the lanes. */
const closing = <State extends object, Reads extends FactType>(
  definition: Gate<State, Reads>,
  state: State,
  lanes: ReadonlyMap<string, ReplaySubject<Fact>>,
): readonly Fact[] => {
  const facts: Fact[] = [];
  definition.close(state, {
    report: (fact) => void facts.push(fact),
    release(lane, revise) {
      const subject = lanes.get(lane);
      if (subject) facts.push(...revise(replayed(subject)));
    },
  });
  return facts;
};

/** A replay subject replays synchronously, so the order of the stream is kept. */
const replayed = (subject: ReplaySubject<Fact>): readonly Fact[] => {
  const held: Fact[] = [];
  subject.subscribe((fact) => held.push(fact)).unsubscribe();
  return held;
};

const sluiceOf = (
  lanes: Map<string, ReplaySubject<Fact>>,
  pass: (fact: Fact) => void,
  make: (fact: Fact) => void,
): Sluice => ({
  pass,
  report: make,
  hold(lane, fact) {
    const subject = lanes.get(lane) ?? new ReplaySubject<Fact>();
    lanes.set(lane, subject);
    subject.next(fact);
  },
  release(lane, revise) {
    const subject = lanes.get(lane);
    if (!subject) return;
    lanes.delete(lane);
    subject.complete();
    revise(replayed(subject)).forEach(pass);
  },
});
