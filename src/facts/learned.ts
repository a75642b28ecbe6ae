import type { PayloadHandle } from '../bundle/payload.js';
import type { ConversationItem } from '../model/conversation.js';
import type { CodeCellRuntimeStatus, ExecutionStatus } from '../model/execution.js';
import type {
  AgentPath,
  CodeCellId,
  CodexTurnId,
  CompactionId,
  ConversationItemId,
  EdgeId,
  InferenceCallId,
  ModelVisibleCallId,
  RawPayloadId,
  ThreadId,
  ToolCallId,
} from '../model/ids.js';
import type { WireInteger } from '../model/integers.js';
import type { InteractionEdgeKind, TraceAnchor } from '../model/interaction.js';
import type { ToolCallRequester } from '../model/runtime.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import type { ModelItem } from '../payloads/model-items/model-item.js';
import type { EventSource } from './event-source.js';

/** What one projection learned and others build on. Named in the past tense. */
export type LearnedFact =
  // lifecycle
  | Learned<'thread_appeared', { thread_id: ThreadId; agent_path: AgentPath }>
  /** A thread that had ended goes on; its runtime knows nothing of before. */
  | Learned<'thread_restarted', { thread_id: ThreadId }>
  | Learned<'turn_appeared', { codex_turn_id: CodexTurnId; thread_id: ThreadId }>
  | Learned<'turn_ended', { codex_turn_id: CodexTurnId; status: ExecutionStatus }>
  // inference
  | Learned<'inference_opened', InferenceSubject & { payload: PayloadHandle }>
  | Learned<
      'inference_answered',
      InferenceSubject & { response_id: string | null; payload: PayloadHandle | null }
    >
  // requests
  | Learned<'request_read', InferenceSubject & RequestRead>
  // conversation
  | Learned<'items_observed', ItemsObserved>
  /** A message turned out to say something else than its receipt. */
  | Learned<'item_rewritten', { row: ConversationItem }>
  | Learned<
      'response_items_known',
      { inference_call_id: InferenceCallId; item_ids: readonly ConversationItemId[] }
    >
  | Learned<'checkpoint_reduced', CheckpointReduced>
  // cell handles
  | Learned<'cell_bound', { thread_id: ThreadId; runtime_cell_id: string; code_cell_id: CodeCellId }>
  | Learned<'cell_start_requested', CellStart>
  | Learned<'cell_responded', CellOutcome & { runtime_cell_id: string }>
  | Learned<'cell_ended', CellOutcome>
  // tools
  | Learned<
      'tool_started',
      ToolSubject & {
        model_visible_call_id: ModelVisibleCallId | null;
        requester: ToolCallRequester;
        payload: PayloadHandle | null;
      }
    >
  | Learned<'tool_runtime_started', ToolSubject & { payload: PayloadHandle }>
  | Learned<'tool_runtime_ended', ToolSubject & { status: ExecutionStatus; payload: PayloadHandle }>
  | Learned<
      'tool_ended',
      ToolSubject & {
        status: ExecutionStatus;
        payload: PayloadHandle | null;
        /** Whether the runtime itself reported on the tool: its reports outrank the result. */
        runtime_observed: boolean;
      }
    >
  | Learned<'tool_items_linked', ToolItems>
  | Learned<'cell_waited', { tool_call_id: ToolCallId; code_cell_id: CodeCellId }>
  /** A write to a terminal belongs to a command; both are known. */
  | Learned<'stdin_targeted', { tool_call_id: ToolCallId; exec_tool_call_id: ToolCallId }>
  // code cells
  | Learned<
      'cell_started',
      { code_cell_id: CodeCellId; thread_id: ThreadId; model_visible_call_id: ModelVisibleCallId }
    >
  // deliveries between agents
  | Learned<'delivery_sent', Delivery>
  | Learned<'delivery_met', Delivery & { target: TraceAnchor }>
  | Learned<'agent_closed', AgentClosed>
  | Learned<
      'delivery_evidence',
      {
        tool_call_id: ToolCallId;
        raw_payload_id: RawPayloadId;
        /** The edge that waited for it; null for any edge of the tool. */
        edge_id: EdgeId | null;
      }
    >;

export type LearnedType = LearnedFact['type'];
export type LearnedFactOf<T extends LearnedType> = Extract<LearnedFact, { readonly type: T }>;

type Learned<T extends string, Fields> = {
  readonly type: T;
  readonly at: EventSource;
} & { readonly [F in keyof Fields]: Fields[F] };

interface InferenceSubject {
  readonly inference_call_id: InferenceCallId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
}

/** The items of a request, without those that only repeat the request before it. */
interface RequestRead {
  /** Names the response that an incremental request continues. */
  readonly previous_response_id: string | null;
  /** How many items are, in their order, those with which the previous request of the thread began. */
  readonly shared: number;
  /** The items behind them. */
  readonly items: readonly ModelItem[];
  /** All of them, where those before have to be looked at after all. */
  readonly payload: PayloadHandle;
}

/** One pass over the items of one payload, complete. */
interface ItemsObserved {
  readonly thread_id: ThreadId;
  /** Every item of the payload, in its order, old and new. */
  readonly item_ids: readonly ConversationItemId[];
  /** Those that appeared for the first time, as rows. */
  readonly fresh: readonly ConversationItem[];
}

interface CheckpointReduced {
  readonly compaction_id: CompactionId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  readonly marker_item_id: ConversationItemId;
  readonly input_item_ids: readonly ConversationItemId[];
  readonly replacement_item_ids: readonly ConversationItemId[];
}

interface CellStart {
  readonly code_cell_id: CodeCellId;
  readonly runtime_cell_id: string;
  readonly model_visible_call_id: ModelVisibleCallId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId | null;
  readonly source_js: string;
}

interface CellOutcome {
  readonly code_cell_id: CodeCellId;
  readonly status: CodeCellRuntimeStatus;
  /** The payload with which the cell responded or ended. */
  readonly raw_payload_id: RawPayloadId | null;
}

interface ToolSubject {
  readonly tool_call_id: ToolCallId;
  readonly thread_id: ThreadId;
  readonly kind: ToolCallKind;
  /** When the tool started: edges begin there, not at the runtime event that reveals them. */
  readonly started_at_unix_ms: WireInteger;
  /** Payloads of the tool so far: invocation, runtime, result. */
  readonly evidence: readonly RawPayloadId[];
}

interface ToolItems {
  readonly tool_call_id: ToolCallId;
  readonly call_item_ids: readonly ConversationItemId[];
  readonly output_item_ids: readonly ConversationItemId[];
}

/** A message on its way from one agent to another. */
export interface Delivery {
  readonly edge_id: EdgeId;
  readonly kind: InteractionEdgeKind;
  readonly source: TraceAnchor;
  readonly target_thread_id: ThreadId;
  /** Path of the sending agent: part of what identifies the message. */
  readonly author: AgentPath;
  readonly content: string;
  /** A spawn whose message never shows still points at the thread that it created. */
  readonly fallback_thread_id: ThreadId | null;
  readonly started_at_unix_ms: WireInteger;
  readonly ended_at_unix_ms: WireInteger | null;
  readonly carried_raw_payload_ids: readonly RawPayloadId[];
}

interface AgentClosed {
  readonly edge_id: EdgeId;
  readonly tool_call_id: ToolCallId;
  readonly target_thread_id: ThreadId;
  readonly started_at_unix_ms: WireInteger;
  readonly ended_at_unix_ms: WireInteger | null;
  readonly carried_raw_payload_ids: readonly RawPayloadId[];
}
