/** The cascade without streams: what the stages mean, one fold after the other over a whole log. */
import type { Problem } from '../../src/errors/trace-error.js';
import type { Fact, FactType, RawFact, UnresolvedFact } from '../../src/facts/facts.js';
import type { LearnedType } from '../../src/facts/learned.js';
import { weave } from '../../src/facts/weave.js';
import { agentDeliveries } from '../../src/gates/agent-deliveries.js';
import { codeCellStarts } from '../../src/gates/code-cell-starts.js';
import { evolveGate, type GateState } from '../../src/gates/evolve-gate.js';
import type { Gate } from '../../src/gates/gate.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { RolloutHeader } from '../../src/model/rollout-trace.js';
import { cellHandles } from '../../src/projections/cell-handles.js';
import { codeCells } from '../../src/projections/code-cells.js';
import { compactions } from '../../src/projections/compactions.js';
import { conversation } from '../../src/projections/conversation/conversation.js';
import { deliveries } from '../../src/projections/deliveries.js';
import { edges } from '../../src/projections/edges.js';
import { evolve } from '../../src/projections/evolve.js';
import { inference } from '../../src/projections/inference.js';
import { lifecycle } from '../../src/projections/lifecycle.js';
import type { Projection } from '../../src/projections/projection.js';
import { rawPayloads } from '../../src/projections/raw-payloads.js';
import { requests } from '../../src/projections/requests.js';
import { terminals } from '../../src/projections/terminals.js';
import { tools } from '../../src/projections/tools/tools.js';
import { rulesFor } from '../../src/schemas/index.js';
import type { SchemaRules } from '../../src/schemas/rules.js';
import type { Reduction } from '../../src/streams/assemble.js';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { isWrite } from '../../src/facts/writes.js';
import { inOrder } from './facts.js';

/** One stage: everything that came in a log, and what the stage made of it. */
export interface Fold {
  readonly name: string;
  readonly over: (facts: readonly Fact[]) => readonly Fact[];
}

/** The stages of `stagesOf`, as folds. */
export const foldsOf = (rules: SchemaRules, { sharePrefixes = true } = {}): readonly Fold[] => [
  projected(rawPayloads),
  projected(lifecycle),
  projected(inference),
  projected(requests({ sharePrefixes })),
  projected(conversation(rules)),
  projected(compactions),
  projected(cellHandles),
  projected(tools(rules)),
  projected(terminals),
  gated(codeCellStarts),
  projected(codeCells(rules)),
  projected(deliveries),
  gated(agentDeliveries),
  projected(edges),
];

const projected = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
): Fold => ({
  name: projection.name,
  over(facts) {
    let state = projection.initial();
    return weave(facts, (fact, pass, make) => {
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
    const woven = weave(facts, (fact, pass, make) => {
      const [next, passed, made] = evolveGate(gate, state, fact);
      state = next;
      passed.forEach(pass);
      made.forEach(make);
    });
    const [, released, reported] = evolveGate(gate, state, null);
    return [...woven, ...released, ...reported];
  },
});

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
  const rules = rulesFor(manifest.schema_version);
  // Nothing flows upward: a stage may hear the whole log before the next one hears anything.
  const said = foldsOf(rules).reduce((stream, fold) => fold.over(stream), facts);
  const builder = traceBuilder(headerOf(rules, manifest));
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

const headerOf = (rules: SchemaRules, manifest: Manifest): RolloutHeader => ({
  schema_version: rules.version,
  trace_id: manifest.trace_id,
  rollout_id: manifest.rollout_id,
  started_at_unix_ms: manifest.started_at_unix_ms,
  ended_at_unix_ms: null,
  status: 'running',
  root_thread_id: manifest.root_thread_id,
});
