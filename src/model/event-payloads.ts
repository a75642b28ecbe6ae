import type { RawPayloadRef } from './payload-ref.js';
import type { RawEventBody, RawEventType } from './raw-event.js';

/** Every payload that an event names, in the order of its fields. */
export const payloadRefs = (body: RawEventBody): readonly RawPayloadRef[] => {
  if (body.type === 'other') return body.payloads;
  const ref = payloadRef(body);
  return ref ? [ref] : [];
};

/** The one payload of an event; `other` alone can have several, and its reduction reads none. */
export const payloadRef = (body: RawEventBody): RawPayloadRef | null => {
  switch (body.type) {
    case 'thread_started':
      return body.metadata_payload ?? null;
    case 'inference_started':
    case 'compaction_request_started':
      return body.request_payload;
    case 'inference_completed':
    case 'compaction_request_completed':
      return body.response_payload;
    case 'inference_failed':
    case 'inference_cancelled':
      return body.partial_response_payload ?? null;
    case 'tool_call_started':
      return body.invocation_payload ?? null;
    case 'tool_call_runtime_started':
    case 'tool_call_runtime_ended':
      return body.runtime_payload;
    case 'tool_call_ended':
      return body.result_payload ?? null;
    case 'code_cell_initial_response':
    case 'code_cell_ended':
      return body.response_payload ?? null;
    case 'compaction_installed':
      return body.checkpoint_payload;
    case 'agent_result_observed':
      return body.carried_payload ?? null;
    case 'protocol_event_observed':
      return body.event_payload;
    case 'history_item_accepted':
      return body.agent_message_payload ?? null;
    case 'rollout_started':
    case 'rollout_ended':
    case 'thread_ended':
    case 'codex_turn_started':
    case 'codex_turn_ended':
    case 'mcp_tool_call_correlation_assigned':
    case 'code_cell_started':
    case 'compaction_request_failed':
    case 'recording_completed':
    case 'thread_resumed':
    case 'stdin_target_resolved':
    case 'other':
      return null;
  }
};

/** Whether the payload of such an event may hold a whole history: to read it takes as long as hundreds of others. */
export const mayHoldHistory = (type: string): boolean => HISTORIES.has(type);

const HISTORIES: ReadonlySet<string> = new Set<RawEventType>([
  'inference_started',
  'compaction_request_started',
  'compaction_installed',
]);
