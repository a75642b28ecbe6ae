import type { ExecutionWindow } from './execution.js';
import type {
  AgentPath,
  CodeCellId,
  CodexTurnId,
  CompactionId,
  ConversationItemId,
  InferenceCallId,
  ModelVisibleCallId,
  RawPayloadId,
  ThreadId,
  ToolCallId,
} from './ids.js';
import type { WireInteger } from './integers.js';

export const conversationRoles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
export type ConversationRole = (typeof conversationRoles)[number];
export type ConversationChannel = 'analysis' | 'commentary' | 'final' | 'summary';
export type ConversationItemKind =
  | 'message'
  | 'reasoning'
  | 'function_call'
  | 'function_call_output'
  | 'custom_tool_call'
  | 'custom_tool_call_output'
  /** Stands where a compaction replaced the live history; the model never saw it. */
  | 'compaction_marker';

/** One piece of an item, as the model saw it. */
export type ConversationPart =
  | { readonly type: 'text'; readonly text: string }
  /** A summary that the provider gave of its reasoning; not a substitute for the text. */
  | { readonly type: 'summary'; readonly text: string }
  /** Opaque to us, and identical wherever the item is repeated. */
  | { readonly type: 'encoded'; readonly label: string; readonly value: string }
  /** Compact JSON of at most 240 bytes (then `...`), and where the whole stands. */
  | { readonly type: 'json'; readonly summary: string; readonly raw_payload_id: RawPayloadId }
  | { readonly type: 'code'; readonly language: string; readonly source: string }
  | PayloadRefPart;

/** Content that is kept in the payload only, such as an image. */
export interface PayloadRefPart {
  readonly type: 'payload_ref';
  readonly label: string;
  readonly raw_payload_id: RawPayloadId;
  /** SHA-256 of the content as compact JSON with sorted keys: schema 2, and only for entries of a list. */
  readonly content_sha256?: string | undefined;
}

export interface ConversationBody {
  readonly parts: readonly ConversationPart[];
}

/** Why an item exists. An output can be both conversation and the product of a tool. */
export type ProducerRef =
  | { readonly type: 'inference'; readonly inference_call_id: InferenceCallId }
  | { readonly type: 'tool'; readonly tool_call_id: ToolCallId }
  | { readonly type: 'code_cell'; readonly code_cell_id: CodeCellId }
  | { readonly type: 'compaction'; readonly compaction_id: CompactionId };

/** Sender and recipient of a message between agents. */
export interface AgentMessageRoute {
  readonly author: AgentPath;
  readonly recipient: AgentPath;
}

/** What schema 2 knows of an item besides. Left out of the printed trace where it is not known. */
export interface ItemReceipt {
  /** The provider's id of the item. */
  readonly responses_item_id?: string | undefined;
  /** When the item became part of the history of its thread. */
  readonly accepted_at_unix_ms?: WireInteger | undefined;
  readonly accepted_seq?: WireInteger | undefined;
}

/** One item of what the model saw. Runtime facts never change its body. */
export interface ConversationItem extends ItemReceipt {
  readonly item_id: ConversationItemId;
  readonly thread_id: ThreadId;
  /** The turn that brought the item in. */
  readonly codex_turn_id: CodexTurnId | null;
  readonly first_seen_at_unix_ms: WireInteger;
  readonly role: ConversationRole;
  readonly channel: ConversationChannel | null;
  readonly kind: ConversationItemKind;
  /** Absent, not null, where the item is no agent message. */
  readonly agent_message?: AgentMessageRoute;
  readonly body: ConversationBody;
  readonly call_id: ModelVisibleCallId | null;
  readonly produced_by: readonly ProducerRef[];
}

/** An item of schema 1, which records no receipts and knows content by its payload. */
export interface UnacceptedItem extends Omit<ConversationItem, keyof ItemReceipt | 'body'> {
  readonly body: { readonly parts: readonly UnhashedPart[] };
}
type UnhashedPart = Exclude<ConversationPart, PayloadRefPart> | Omit<PayloadRefPart, 'content_sha256'>;

/** Tokens of one call, each clamped at zero. */
export interface TokenUsage {
  readonly input_tokens: WireInteger;
  readonly cached_input_tokens: WireInteger;
  readonly cache_write_input_tokens: WireInteger;
  readonly output_tokens: WireInteger;
  readonly reasoning_output_tokens: WireInteger;
}

/** One request to the model and its response. */
export interface InferenceCall {
  readonly inference_call_id: InferenceCallId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  readonly execution: ExecutionWindow;
  readonly model: string;
  readonly provider_name: string;
  readonly response_id: string | null;
  readonly upstream_request_id: string | null;
  /** The whole input that the model saw, the omitted prefix of an incremental request included. */
  readonly request_item_ids: readonly ConversationItemId[];
  readonly response_item_ids: readonly ConversationItemId[];
  /** Tools whose call item came with this response. */
  readonly tool_call_ids_started_by_response: readonly ToolCallId[];
  readonly usage: TokenUsage | null;
  readonly raw_request_payload_id: RawPayloadId;
  readonly raw_response_payload_id: RawPayloadId | null;
}
