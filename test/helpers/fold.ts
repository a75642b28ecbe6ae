/** The cascade without streams: what the stages mean, one fold after the other over a whole log. */
import type { Problem } from '../../src/errors/trace-error.js';
import type { Fact, FactOf, FactType, RawFact, UnresolvedFact } from '../../src/facts/facts.js';
import type { LearnedType } from '../../src/facts/learned.js';
import { weave } from '../../src/facts/weave.js';
import { evolveGate, type GateState } from '../../src/gates/evolve-gate.js';
import type { Gate } from '../../src/gates/gate.js';
import type { Manifest } from '../../src/model/manifest.js';
import { evolve, isRead } from '../../src/projections/evolve.js';
import type { Drivers } from '../../src/streams/drivers.js';
import type { Projection } from '../../src/projections/projection.js';
import { headerOf, stagesOf } from '../../src/replay.js';
import type { Reduction } from '../../src/streams/assemble.js';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { isWrite } from '../../src/facts/writes.js';
import { inOrder } from './facts.js';

/** One stage: everything that came in a log, and what the stage made of it. */
export interface Fold {
  readonly name: string;
  readonly over: (facts: readonly Fact[]) => readonly Fact[];
}

/** Drives the stages of a replay as folds. */
export const folds: Drivers<Fold> = {
  project: (projection) => projected(projection),
  gate: (definition) => gated(definition),
};

const projected = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
): Fold => ({
  name: projection.name,
  over(facts) {
    let state = projection.initial();
    return weave(facts, readBy(projection), (fact, pass, make) => {
      const [next, emitted] = evolve(projection, state, fact);
      state = next;
      pass(fact);
      emitted.forEach(make);
    });
  },
});

const gated = <State extends object, Reads extends FactType>(gate: Gate<State, Reads>): Fold => ({
  name: gate.name,
  over(facts) {
    let state: GateState<State> = { decisions: gate.initial(), lanes: new Map() };
    const woven = weave(facts, readBy(gate), (fact, pass, make) => {
      const [next, passed, made] = evolveGate(gate, state, fact);
      state = next;
      passed.forEach(pass);
      made.forEach(make);
    });
    const [, released, reported] = evolveGate(gate, state, null);
    return [...woven, ...released, ...reported];
  },
});

const readBy =
  <Reads extends FactType>(reader: { readonly reads: readonly Reads[] }) =>
  (fact: Fact): fact is FactOf<Reads> =>
    isRead(reader, fact);

export const usualManifest: Manifest = {
  schema_version: 1,
  trace_id: 'trace',
  rollout_id: 'rollout',
  root_thread_id: 'T1',
  started_at_unix_ms: 1000,
  raw_event_log: 'trace.jsonl',
  payloads_dir: 'payloads',
};

/** Reduces the facts of a log as `replay` does, to its end, without strictness. Nothing is mutated on the way. */
export const foldCascade = (facts: readonly Fact[], manifest: Manifest = usualManifest): Reduction => {
  // Nothing flows upward: a stage may hear the whole log before the next one hears anything.
  const said = stagesOf(manifest, folds).reduce((stream, fold) => fold.over(stream), facts);
  const builder = traceBuilder(headerOf(manifest));
  const problems = new Set<Problem>();
  for (const fact of said) {
    if (isWrite(fact)) builder.apply(fact);
    else if (fact.type === 'problem' || fact.type === 'unreadable_line') problems.add(fact.problem);
  }
  const unresolved = said.filter((fact): fact is UnresolvedFact => fact.type === 'unresolved');
  return {
    trace: builder.snapshot(),
    diagnostics: [...problems],
    unresolved: unresolved.map((fact) => fact.unresolved),
  };
};

/** Reduces events that stand in the log one after the other. */
export const reduceFacts = (...events: readonly RawFact[]): Reduction => foldCascade(inOrder(events));
