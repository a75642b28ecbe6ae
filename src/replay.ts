import type { Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import type { PayloadStore } from './bundle/payload.js';
import { agentDeliveries } from './gates/agent-deliveries.js';
import { codeCellStarts } from './gates/code-cell-starts.js';
import type { Manifest } from './model/manifest.js';
import type { RolloutHeader } from './model/rollout-trace.js';
import { cellHandles } from './projections/cell-handles.js';
import { codeCells } from './projections/code-cells.js';
import { compactions } from './projections/compactions.js';
import { conversation } from './projections/conversation/conversation.js';
import { deliveries } from './projections/deliveries.js';
import { edges } from './projections/edges.js';
import { inference } from './projections/inference.js';
import { lifecycle } from './projections/lifecycle.js';
import { rawPayloads } from './projections/raw-payloads.js';
import { requests } from './projections/requests.js';
import { terminals } from './projections/terminals.js';
import { tools } from './projections/tools/tools.js';
import { rulesFor } from './schemas/index.js';
import type { SchemaRules } from './schemas/rules.js';
import { assemble, type Reduction } from './streams/assemble.js';
import { connectCascade } from './streams/connect-cascade.js';
import { gate } from './streams/gate.js';
import { inBatches } from './streams/in-batches.js';
import { project } from './streams/project.js';
import type { Stage } from './streams/stage.js';
import { toFacts } from './streams/to-facts.js';

/** The whole way of a recording: its log goes in, the graph that explains it comes out. */
export const replay = (entries$: Observable<LogEntry>, recording: Recording): Observable<Reduction> =>
  entries$.pipe(
    toFacts(recording.payloads), //               events, each with a handle on its payload
    inBatches({ of: BATCH }),
    connectCascade(...stagesOf(rulesFor(recording.manifest.schema_version))),
    assemble(headerOf(recording.manifest), recording), // writes become one immutable trace
  );

/** What is known of a recording besides its log. */
export interface Recording {
  readonly manifest: Manifest;
  readonly payloads: PayloadStore;
  /** Fail at the first problem, as the original does, instead of going on. */
  readonly strict: boolean;
}

/** Each stage hears everything above it and nothing below. docs/architecture.md draws the same. */
export const stagesOf = (rules: SchemaRules, { sharePrefixes = true } = {}): readonly Stage[] => [
  project(rawPayloads), //          every payload that was named
  project(lifecycle), //            the rollout, its threads and turns
  project(inference), //            calls to the model
  project(requests({ sharePrefixes })), // their items, without what the request before had
  project(conversation(rules)), //  what the model saw; learns which items appeared
  project(compactions),
  project(cellHandles), //          handles of the runtime → ids of the graph
  project(tools(rules)), //         what the runtime did, and its items
  project(terminals),
  gate(codeCellStarts), //          a cell waits for the item with its source
  project(codeCells(rules)),
  project(deliveries), //           messages that left
  gate(agentDeliveries), //         a message waits until its recipient has it
  project(edges),
];

const BATCH = 64;

/** The trace before its first event. Its ids come from the manifest; `rollout_started` may correct two. */
const headerOf = (manifest: Manifest): RolloutHeader => ({
  schema_version: rulesFor(manifest.schema_version).version,
  trace_id: manifest.trace_id,
  rollout_id: manifest.rollout_id,
  started_at_unix_ms: manifest.started_at_unix_ms,
  ended_at_unix_ms: null,
  status: 'running',
  root_thread_id: manifest.root_thread_id,
});
