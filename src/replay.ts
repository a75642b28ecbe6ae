import type { Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import type { PayloadStore } from './bundle/payload.js';
import { agentDeliveries } from './gates/agent-deliveries.js';
import { codeCellStarts } from './gates/code-cell-starts.js';
import { unreadPayloads } from './gates/unread-payloads.js';
import type { Manifest } from './model/manifest.js';
import type { RolloutHeader } from './model/rollout-trace.js';
import { cellCallers } from './projections/cell-callers.js';
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
import { sealedLog } from './projections/sealed-log.js';
import { terminals } from './projections/terminals/terminals.js';
import { tools } from './projections/tools/tools.js';
import { rulesFor } from './schemas/index.js';
import { assemble, type Reduction } from './streams/assemble.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams, type Drivers } from './streams/drivers.js';
import { inBatches } from './streams/in-batches.js';
import { toFacts } from './streams/to-facts.js';
import { withViews } from './streams/with-views.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from './views/own-projection.js';

/** The whole way of a recording: its log goes in, the graph that explains it comes out. */
export const replay = <S extends ProjectionStates = NoProjections>(
  entries$: Observable<LogEntry>,
  recording: Recording,
  projections?: OwnProjections<S>,
): Observable<Reduction & Viewed<S>> =>
  entries$.pipe(
    toFacts(recording.payloads), //               events, each with a handle on its payload
    inBatches({ of: BATCH }),
    connectCascade(...stagesOf(recording.manifest, streams)),
    withViews(
      projections, //                             what a user folds from the facts
      assemble(headerOf(recording.manifest), recording), // writes become one immutable trace
    ),
  );

/** What is known of a recording besides its log. */
export interface RecordingContext {
  readonly manifest: Manifest;
  readonly payloads: PayloadStore;
}
export interface Recording extends RecordingContext {
  /** Fail at the first problem, as the original does, instead of going on. */
  readonly strict: boolean;
}

/** Each stage hears everything above it and nothing below. docs/architecture.md draws the same. */
export const stagesOf = <Driven>(
  manifest: Manifest,
  { project, gate }: Drivers<Driven>,
  { sharePrefixes = true } = {},
): readonly Driven[] => {
  const rules = rulesFor(manifest.schema_version);
  return [
    ...(rules.isSealed ? [project(sealedLog(manifest))] : []), // nothing missing, nothing strange
    project(rawPayloads), //          every payload that was named
    project(lifecycle), //            the rollout, its threads and turns
    project(inference), //            calls to the model
    project(requests(rules, { sharePrefixes })), // their items, without what the request before had
    project(conversation(rules)), //  what the model saw; learns which items appeared
    project(compactions),
    project(cellHandles), //          handles of the runtime → ids of the graph
    project(tools(rules)), //         what the runtime did, and its items
    project(terminals(rules)),
    gate(codeCellStarts), //          a cell waits for the item with its source
    project(codeCells(rules)),
    ...(rules.cells.haveCallers ? [project(cellCallers)] : []), // the call that started a cell
    project(deliveries(rules)), //    messages that left
    gate(agentDeliveries), //         a message waits until its recipient has it
    project(edges),
    ...(rules.isSealed ? [gate(unreadPayloads)] : []), // nothing lost of the evidence
  ];
};

/** Facts that go through the stages at a time: so few that even their first run, in cold code, is soon over. */
export const BATCH = 16;

/** The trace before its first event. Its ids come from the manifest; `rollout_started` may correct two. */
export const headerOf = ({ schema_version, ...manifest }: Manifest): RolloutHeader =>
  rulesFor(schema_version).header({
    trace_id: manifest.trace_id,
    rollout_id: manifest.rollout_id,
    started_at_unix_ms: manifest.started_at_unix_ms,
    ended_at_unix_ms: null,
    status: 'running',
    root_thread_id: manifest.root_thread_id,
  });
