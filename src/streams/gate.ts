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
  const run = (waiting: Waiting<State>, batch: Batch): Batch => {
    const facts = weave(batch.facts, isRead, (fact, pass, make) =>
      definition.decide(waiting.state, fact, sluiceOf(waiting, pass, make)),
    );
    if (batch.last) return { facts: [...facts, ...closing(definition, waiting)], last: true };
    const outlook = batch.outlook && lookAhead(definition, waiting, batch.outlook);
    return facts === batch.facts && outlook === batch.outlook ? batch : { facts, last: false, outlook };
  };
  return {
    name: definition.name,
    reads: definition.reads,
    learns: definition.learns,
    operator: (batches) =>
      defer(() =>
        batches.pipe(
          scan(({ waiting }, batch: Batch) => ({ waiting, batch: run(waiting, batch) }), {
            waiting: initial(definition),
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
  /** What the gate would say if the log ended, until that may have changed. */
  closing: readonly Fact[] | undefined;
  /** The last outlook that it was appended to. */
  foreseen: { readonly of: readonly Fact[]; readonly with: readonly Fact[]; readonly gives: readonly Fact[] };
}

const initial = <State extends object, Reads extends FactType>({
  initial: state,
}: Gate<State, Reads>): Waiting<State> => ({
  state: state(),
  lanes: new Map(),
  closing: undefined,
  foreseen: { of: [], with: [], gives: [] },
});

/** The same list as before, where neither the outlook nor what waits has changed. */
const lookAhead = <State extends object, Reads extends FactType>(
  definition: Gate<State, Reads>,
  waiting: Waiting<State>,
  outlook: readonly Fact[],
): readonly Fact[] => {
  waiting.closing ??= closing(definition, waiting);
  if (waiting.closing.length === 0) return outlook;
  const { foreseen } = waiting;
  if (foreseen.of === outlook && foreseen.with === waiting.closing) return foreseen.gives;
  const gives = [...outlook, ...waiting.closing];
  waiting.foreseen = { of: outlook, with: waiting.closing, gives };
  return gives;
};

/** What the gate says if the log ends here. It may go on: nothing is taken out of the lanes. */
const closing = <State extends object, Reads extends FactType>(
  definition: Gate<State, Reads>,
  { state, lanes }: Waiting<State>,
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

const sluiceOf = <State>(
  waiting: Waiting<State>,
  pass: (fact: Fact) => void,
  make: (fact: Fact) => void,
): Sluice => {
  const { lanes } = waiting;
  return {
    pass(fact) {
      waiting.closing = undefined;
      pass(fact);
    },
    passBy: pass,
    report(fact) {
      waiting.closing = undefined;
      make(fact);
    },
    hold(lane, fact) {
      waiting.closing = undefined;
      const subject = lanes.get(lane) ?? new ReplaySubject<Fact>();
      lanes.set(lane, subject);
      subject.next(fact);
    },
    release(lane, revise) {
      waiting.closing = undefined;
      const subject = lanes.get(lane);
      if (!subject) return;
      lanes.delete(lane);
      subject.complete();
      revise(replayed(subject)).forEach(pass);
    },
  };
};
