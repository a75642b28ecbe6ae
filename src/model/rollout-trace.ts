import type { Compaction, CompactionRequest } from './compaction.js';
import type { ConversationItem, InferenceCall } from './conversation.js';
import type { RolloutStatus } from './execution.js';
import type { ThreadId } from './ids.js';
import type { WireInteger } from './integers.js';
import type { InteractionEdge } from './interaction.js';
import type { RawPayloadRef } from './payload-ref.js';
import type { CodeCell, TerminalOperation, TerminalSession, ToolCall } from './runtime.js';
import type { AgentThread, CodexTurn } from './session.js';

/**
 * A read-only map of rows by id, iterated in the order of the ids' UTF-8 bytes. Two snapshots share
 * every table that did not change, and every row that did not change (`===`).
 */
export interface Table<Row> extends Iterable<readonly [id: string, row: Row]> {
  readonly size: number;
  get(id: string): Row | undefined;
  has(id: string): boolean;
  keys(): readonly string[];
  values(): Iterable<Row>;
  /** A plain record (without prototype). JavaScript moves integer-like keys to its front. */
  toJSON(): Record<string, Row>;
}

/** What a session is, besides its tables. */
export interface RolloutHeader {
  readonly schema_version: number;
  /** Identity of the recording. */
  readonly trace_id: string;
  /** Identity of the session. */
  readonly rollout_id: string;
  readonly started_at_unix_ms: WireInteger;
  /** Null while the session runs, and for a recording that stops early. */
  readonly ended_at_unix_ms: WireInteger | null;
  readonly status: RolloutStatus;
  readonly root_thread_id: ThreadId;
}

/** The rows of each table, in the order in which they are printed. */
export interface TraceRows {
  readonly threads: AgentThread;
  readonly codex_turns: CodexTurn;
  readonly conversation_items: ConversationItem;
  readonly inference_calls: InferenceCall;
  readonly code_cells: CodeCell;
  readonly tool_calls: ToolCall;
  readonly terminal_sessions: TerminalSession;
  readonly terminal_operations: TerminalOperation;
  readonly compactions: Compaction;
  readonly compaction_requests: CompactionRequest;
  readonly interaction_edges: InteractionEdge;
  readonly raw_payloads: RawPayloadRef;
}
export type TableName = keyof TraceRows;

/** The names of all tables, in the order of the format. */
export const tableNames = [
  'threads',
  'codex_turns',
  'conversation_items',
  'inference_calls',
  'code_cells',
  'tool_calls',
  'terminal_sessions',
  'terminal_operations',
  'compactions',
  'compaction_requests',
  'interaction_edges',
  'raw_payloads',
] as const satisfies readonly TableName[];

export type TraceTables = { readonly [T in TableName]: Table<TraceRows[T]> };

/** The graph that explains one session. Immutable. */
export type RolloutTrace = RolloutHeader & TraceTables;
