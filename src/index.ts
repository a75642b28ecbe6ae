/**
 * The core: reduces recordings that are at hand, anywhere JavaScript runs. Bundles on disk are in
 * `rollout-trace/node`. This list is the whole public surface.
 */

// Reduce.
export { reduceEvents, type ReduceEventsOptions } from './reduce-events.js';
export { reduceLive, type ReduceLiveOptions } from './reduce-live.js';
export { reduceHistory, type ReduceHistoryOptions } from './reduce-history.js';
export type { TraceHistory } from './streams/trace-history.js';
export type { TraceSnapshot } from './streams/snapshots.js';
export type { TraceChanges } from './trace/trace-builder.js';
export { EventLine } from './bundle/event-line.js';
export type { LinePosition } from './bundle/read-line.js';
export { memoryPayloadStore } from './bundle/memory-store.js';
export { payloadMissing } from './bundle/payload-missing.js';
export { readManifest } from './bundle/read-manifest.js';
export type { AsyncPayloadStore, PayloadStore, SyncPayloadStore } from './bundle/payload.js';
export type { Reduction } from './streams/assemble.js';
export type { Unresolved } from './model/unresolved.js';

// Parts of the graph: slices of snapshots, and single tables.
export { select } from './streams/select.js';
export {
  codeCells,
  compactionRequests,
  compactions,
  conversation,
  inferenceCalls,
  interactions,
  rawPayloads,
  terminalOperations,
  terminalSessions,
  threads,
  toolCalls,
  turns,
  type TableOperator,
} from './table-operators.js';
export type { RecordingContext } from './replay.js';

// Projections of your own.
export {
  defineOwnProjection as defineProjection,
  type OwnProjection as Projection,
  type OwnProjections as Projections,
  type ProjectionStates,
  type Viewed,
} from './views/own-projection.js';
export { payloadValue } from './views/payload-value.js';
export type { TraceFact, TraceFactOf, TraceFactType } from './facts/trace-fact.js';
export type { EventSource } from './facts/event-source.js';
export type { EventPayload, PayloadBody } from './bundle/payload.js';

// Answers: what led to what, what the model saw, and a session at a glance.
export { movingReferences, referencesOf, type References } from './answers/references.js';
export type { Link, PayloadRelation, Relation } from './answers/links.js';
export { edgeWords, relationWords } from './answers/relation-words.js';
export type { ObjectRef } from './answers/objects.js';
export { findObjects } from './answers/find-objects.js';
export { explain, type Explanation } from './answers/explain.js';
export type { Evidence, Statement } from './answers/evidence.js';
export { glance, type Counts, type Glance, type ThreadGlance } from './answers/glance.js';
export { transcriptOf, type ItemOrigin, type TranscriptEntry } from './answers/transcript.js';

// Print.
export { printTrace } from './trace/print.js';

// Errors.
export { formatProblem, isTraceError, TraceError, type Problem } from './errors/trace-error.js';
export type { ProblemCode } from './errors/codes.js';

// The recording.
export type { Manifest } from './model/manifest.js';
export type { RawEventBody, RawEventBodyOf, RawEventType, RawTraceEvent } from './model/raw-event.js';
export type { RawPayloadKind, RawPayloadRef } from './model/payload-ref.js';

// The graph.
export { tableNames } from './model/rollout-trace.js';
export type { RolloutHeader, RolloutTrace, Table, TableName, TraceRows } from './model/rollout-trace.js';
export type { AgentOrigin, AgentThread, CodexTurn } from './model/session.js';
export type {
  CodeCellRuntimeStatus,
  ExecutionStatus,
  ExecutionWindow,
  RolloutStatus,
} from './model/execution.js';
export type {
  AgentMessageRoute,
  ConversationBody,
  ConversationChannel,
  ConversationItem,
  ConversationItemKind,
  ConversationPart,
  ConversationRole,
  InferenceCall,
  ProducerRef,
  TokenUsage,
} from './model/conversation.js';
export type {
  CodeCell,
  TerminalModelObservation,
  TerminalOperation,
  TerminalRequest,
  TerminalResult,
  TerminalSession,
  ToolCall,
  ToolCallRequester,
  ToolCallSummary,
} from './model/runtime.js';
export type { ToolCallKind } from './model/tool-kind.js';
export type { Compaction, CompactionRequest } from './model/compaction.js';
export type { InteractionEdge, InteractionEdgeKind, TraceAnchor } from './model/interaction.js';
export type { WireInteger } from './model/integers.js';
