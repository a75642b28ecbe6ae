import type { CodeCellRuntimeStatus, ExecutionWindow } from './execution.js';
import type {
  AgentPath,
  CodeCellId,
  CodexTurnId,
  ConversationItemId,
  ModelVisibleCallId,
  RawPayloadId,
  TerminalId,
  TerminalOperationId,
  ThreadId,
  ToolCallId,
} from './ids.js';
import type { WireInteger } from './integers.js';
import type { ToolCallKind } from './tool-kind.js';

/** What schema 2 says of a tool besides. Left out of the printed trace where there is none. */
export interface CellCaller {
  /** The cell that this call of the tool `exec` started. */
  readonly started_code_cell_id?: CodeCellId | undefined;
}

/** One tool call of the runtime; it may or may not be visible to the model. */
export interface ToolCall extends CellCaller {
  readonly tool_call_id: ToolCallId;
  readonly mcp_call_id: string | null;
  readonly model_visible_call_id: ModelVisibleCallId | null;
  readonly code_mode_runtime_tool_id: string | null;
  readonly thread_id: ThreadId;
  /** Background work may outlive this turn. */
  readonly started_by_codex_turn_id: CodexTurnId | null;
  readonly execution: ExecutionWindow;
  readonly requester: ToolCallRequester;
  readonly kind: ToolCallKind;
  readonly model_visible_call_item_ids: readonly ConversationItemId[];
  readonly model_visible_output_item_ids: readonly ConversationItemId[];
  readonly terminal_operation_id: TerminalOperationId | null;
  readonly summary: ToolCallSummary;
  /** What the requester sent. */
  readonly raw_invocation_payload_id: RawPayloadId | null;
  /** What the requester got back. */
  readonly raw_result_payload_id: RawPayloadId | null;
  /** What the runtime reported while it executed the call. */
  readonly raw_runtime_payload_ids: readonly RawPayloadId[];
}

export type ToolCallRequester =
  { readonly type: 'model' } | { readonly type: 'code_cell'; readonly code_cell_id: CodeCellId };

export type ToolCallSummary =
  /** The terminal operation says it better. */
  | { readonly type: 'terminal'; readonly operation_id: TerminalOperationId }
  | {
      readonly type: 'agent';
      readonly target_agent_path: AgentPath;
      readonly task_name: string | null;
      readonly message_preview: string;
    }
  | {
      readonly type: 'wait_agent';
      readonly target_agent_path: AgentPath | null;
      readonly timeout_ms: WireInteger | null;
    }
  | {
      readonly type: 'generic';
      readonly label: string;
      readonly input_preview: string | null;
      readonly output_preview: string | null;
    };

/** What schema 2 says of the responses of a cell besides. */
export interface CellEvidence {
  /** Of the first response only; null where the cell ended without one. */
  readonly initial_response_status: CodeCellRuntimeStatus | null;
  readonly raw_initial_response_payload_id: RawPayloadId | null;
  /** What the cell ended with. */
  readonly raw_result_payload_id: RawPayloadId | null;
}

/** JavaScript that the model wrote and the runtime executed (code mode). */
export interface CodeCell extends CellEvidence {
  readonly code_cell_id: CodeCellId;
  readonly model_visible_call_id: ModelVisibleCallId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  /** The item that holds the source. */
  readonly source_item_id: ConversationItemId;
  readonly output_item_ids: readonly ConversationItemId[];
  readonly runtime_cell_id: string | null;
  /** A cell that yielded lives on after its first response. */
  readonly execution: ExecutionWindow;
  readonly runtime_status: CodeCellRuntimeStatus;
  readonly initial_response_at_unix_ms: WireInteger | null;
  readonly initial_response_seq: WireInteger | null;
  readonly yielded_at_unix_ms: WireInteger | null;
  readonly yielded_seq: WireInteger | null;
  readonly source_js: string;
  /** Tools that the JavaScript called. */
  readonly nested_tool_call_ids: readonly ToolCallId[];
  /** Tools by which the model waited for the cell. */
  readonly wait_tool_call_ids: readonly ToolCallId[];
}

/** A process that commands and writes share. No event tells its end. */
export interface TerminalSession {
  readonly terminal_id: TerminalId;
  readonly thread_id: ThreadId;
  readonly created_by_operation_id: TerminalOperationId;
  readonly operation_ids: readonly TerminalOperationId[];
  readonly execution: ExecutionWindow;
}

/** One command, write or poll. */
export interface TerminalOperation {
  readonly operation_id: TerminalOperationId;
  readonly terminal_id: TerminalId | null;
  readonly tool_call_id: ToolCallId;
  readonly kind: 'exec_command' | 'write_stdin';
  readonly execution: ExecutionWindow;
  readonly request: TerminalRequest;
  readonly result: TerminalResult | null;
  readonly model_observations: readonly TerminalModelObservation[];
  readonly raw_payload_ids: readonly RawPayloadId[];
}

export type TerminalRequest =
  | {
      readonly type: 'exec_command';
      readonly command: readonly string[];
      readonly display_command: string;
      readonly cwd: string;
      readonly yield_time_ms: WireInteger | null;
      readonly max_output_tokens: WireInteger | null;
    }
  | {
      readonly type: 'write_stdin';
      /** Empty for a poll. */
      readonly stdin: string;
      readonly yield_time_ms: WireInteger | null;
      readonly max_output_tokens: WireInteger | null;
    };

/** What the runtime saw; what the model saw stands in the observations. */
export interface TerminalResult {
  readonly exit_code: WireInteger | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly formatted_output: string | null;
  readonly original_token_count: WireInteger | null;
  readonly chunk_id: string | null;
}

/** The conversation items by which the model saw an operation. */
export interface TerminalModelObservation {
  readonly call_item_ids: readonly ConversationItemId[];
  readonly output_item_ids: readonly ConversationItemId[];
  readonly source: 'direct_tool_call';
}
