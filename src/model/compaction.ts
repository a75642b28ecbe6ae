import type { ExecutionWindow } from './execution.js';
import type {
  CodexTurnId,
  CompactionId,
  CompactionRequestId,
  ConversationItemId,
  RawPayloadId,
  ThreadId,
} from './ids.js';
import type { WireInteger } from './integers.js';

/** The point at which a replacement became the live history of a thread. */
export interface Compaction {
  readonly compaction_id: CompactionId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  readonly installed_at_unix_ms: WireInteger;
  readonly marker_item_id: ConversationItemId;
  readonly request_ids: readonly CompactionRequestId[];
  /** The history just before. */
  readonly input_item_ids: readonly ConversationItemId[];
  /** The history just after. */
  readonly replacement_item_ids: readonly ConversationItemId[];
}

/** One upstream request made while computing a compaction. */
export interface CompactionRequest {
  readonly compaction_request_id: CompactionRequestId;
  readonly compaction_id: CompactionId;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  readonly execution: ExecutionWindow;
  readonly model: string;
  readonly provider_name: string;
  readonly raw_request_payload_id: RawPayloadId;
  readonly raw_response_payload_id: RawPayloadId | null;
}
