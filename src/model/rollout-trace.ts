import type { Compaction, CompactionRequest } from './compaction.js';
import type { ConversationItem, InferenceCall, UnacceptedItem } from './conversation.js';
import type { RolloutStatus } from './execution.js';
import type { ThreadId } from './ids.js';
import type { WireInteger } from './integers.js';
import type { InteractionEdge } from './interaction.js';
import type { RawPayloadRef } from './payload-ref.js';
import type {
  CellCaller,
  CellEvidence,
  CodeCell,
  TerminalOperation,
  TerminalSession,
  ToolCall,
} from './runtime.js';
import type { SchemaVersion } from './schema-version.js';
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

/** What a session is in both schemas, besides its tables. */
interface CommonHeader {
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

interface Headers {
  readonly 1: CommonHeader & { readonly schema_version: 1 };
  readonly 2: CommonHeader & {
    readonly schema_version: 2;
    /** Whether the recorder said that the log is complete. */
    readonly recording_complete: boolean;
  };
}

/** What a session is, besides its tables. */
export type RolloutHeader<Version extends SchemaVersion = SchemaVersion> = Headers[Version];

/** The rows of each table, in the order in which they are printed. */
interface Schema2Rows {
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

interface Rows {
  readonly 1: Omit<Schema2Rows, 'conversation_items' | 'code_cells' | 'tool_calls'> & {
    readonly conversation_items: UnacceptedItem;
    readonly code_cells: Omit<CodeCell, keyof CellEvidence>;
    readonly tool_calls: Omit<ToolCall, keyof CellCaller>;
  };
  readonly 2: Schema2Rows;
}

/** The row of each table. */
export type TraceRows<Version extends SchemaVersion = SchemaVersion> = Rows[Version];
export type TableName = keyof TraceRows<2>;

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

type TraceTables<Version extends SchemaVersion> = {
  readonly [T in TableName]: Table<TraceRows<Version>[T]>;
};

interface Traces {
  readonly 1: RolloutHeader<1> & TraceTables<1>;
  readonly 2: RolloutHeader<2> & TraceTables<2>;
}

/**
 * The graph that explains one session. Immutable. Asked for its `schema_version`, a trace has the fields of
 * that schema.
 */
export type RolloutTrace<Version extends SchemaVersion = SchemaVersion> = Traces[Version];
