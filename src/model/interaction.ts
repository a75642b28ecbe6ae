import type { ConversationItemId, EdgeId, RawPayloadId, ThreadId, ToolCallId } from './ids.js';
import type { WireInteger } from './integers.js';

export type InteractionEdgeKind =
  'spawn_agent' | 'assign_agent_task' | 'send_message' | 'agent_result' | 'close_agent';

/** One end of an edge. */
export type TraceAnchor =
  | { readonly type: 'conversation_item'; readonly item_id: ConversationItemId }
  | { readonly type: 'tool_call'; readonly tool_call_id: ToolCallId }
  | { readonly type: 'thread'; readonly thread_id: ThreadId };

/** Information that went from one agent to another. */
export interface InteractionEdge {
  readonly edge_id: EdgeId;
  readonly kind: InteractionEdgeKind;
  readonly source: TraceAnchor;
  readonly target: TraceAnchor;
  readonly started_at_unix_ms: WireInteger;
  readonly ended_at_unix_ms: WireInteger | null;
  readonly carried_item_ids: readonly ConversationItemId[];
  readonly carried_raw_payload_ids: readonly RawPayloadId[];
}

export const sameAnchor = (a: TraceAnchor, b: TraceAnchor): boolean => anchorKey(a) === anchorKey(b);

const anchorKey = (anchor: TraceAnchor): string => {
  switch (anchor.type) {
    case 'conversation_item':
      return `item ${anchor.item_id}`;
    case 'tool_call':
      return `tool ${anchor.tool_call_id}`;
    case 'thread':
      return `thread ${anchor.thread_id}`;
  }
};
