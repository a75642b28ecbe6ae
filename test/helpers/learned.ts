/** Builds what projections learn, with usual values, as `facts.ts` builds the events of a log. */
import type { EventSource } from '../../src/facts/event-source.js';
import type { Delivery, LearnedFactOf, LearnedType } from '../../src/facts/learned.js';
import { payloadOf, splitPlace } from './facts.js';
import { itemRow } from './items.js';

type Fields<T extends LearnedType> = Omit<LearnedFactOf<T>, 'type' | 'at'>;
type Args<T extends LearnedType> = Partial<Fields<T>> & Partial<EventSource>;

const learned =
  <T extends LearnedType>(type: T, usual: Fields<T>) =>
  (args: Args<T> = {}): LearnedFactOf<T> => {
    const [at, fields] = splitPlace(args);
    // The fields belong to the type: a pairing that TypeScript cannot follow through the union.
    return { ...usual, ...fields, type, at } as unknown as LearnedFactOf<T>;
  };

export const threadAppeared = learned('thread_appeared', { thread_id: 'T1', agent_path: '/root' });
export const threadRestarted = learned('thread_restarted', { thread_id: 'T1' });
export const turnAppeared = learned('turn_appeared', { codex_turn_id: 'U1', thread_id: 'T1' });
export const turnOver = learned('turn_ended', { codex_turn_id: 'U1', status: 'completed' });

const call = { inference_call_id: 'I1', thread_id: 'T1', codex_turn_id: 'U1' };
export const inferenceOpened = learned('inference_opened', { ...call, payload: payloadOf({ input: [] }) });
export const inferenceAnswered = learned('inference_answered', { ...call, response_id: null, payload: null });

export const requestRead = learned('request_read', {
  ...call,
  previous_response_id: null,
  shared: 0,
  items: [],
  payload: payloadOf({ input: [] }),
});

export const itemsObserved = learned('items_observed', { thread_id: 'T1', item_ids: [], fresh: [] });
export const itemRewritten = learned('item_rewritten', { row: itemRow(1) });
export const responseItemsKnown = learned('response_items_known', { inference_call_id: 'I1', item_ids: [] });
export const checkpointReduced = learned('checkpoint_reduced', {
  compaction_id: 'K1',
  thread_id: 'T1',
  codex_turn_id: 'U1',
  marker_item_id: 'conversation_item:1',
  input_item_ids: [],
  replacement_item_ids: [],
});

export const cellBound = learned('cell_bound', {
  thread_id: 'T1',
  runtime_cell_id: '1',
  code_cell_id: 'code_cell:call-code',
});
export const cellStartRequested = learned('cell_start_requested', {
  code_cell_id: 'code_cell:call-code',
  runtime_cell_id: '1',
  model_visible_call_id: 'call-code',
  thread_id: 'T1',
  codex_turn_id: 'U1',
  source_js: "text('hi')",
});
export const cellMade = learned('cell_started', {
  code_cell_id: 'code_cell:call-code',
  thread_id: 'T1',
  model_visible_call_id: 'call-code',
});
export const cellAnswered = learned('cell_responded', {
  code_cell_id: 'code_cell:call-code',
  runtime_cell_id: '1',
  status: 'yielded',
  raw_payload_id: null,
});
export const cellOver = learned('cell_ended', {
  code_cell_id: 'code_cell:call-code',
  status: 'completed',
  raw_payload_id: null,
});

const tool = {
  tool_call_id: 'X1',
  thread_id: 'T1',
  kind: { type: 'other', name: 'test' },
  started_at_unix_ms: 1010,
  evidence: [],
} as const;
export const toolStarted = learned('tool_started', {
  ...tool,
  model_visible_call_id: null,
  requester: { type: 'model' },
  payload: null,
});
export const toolRuntimeStarted = learned('tool_runtime_started', { ...tool, payload: payloadOf({}) });
export const toolRuntimeEnded = learned('tool_runtime_ended', {
  ...tool,
  status: 'completed',
  payload: payloadOf({}),
});
export const toolEnded = learned('tool_ended', {
  ...tool,
  status: 'completed',
  payload: null,
  runtime_observed: false,
});
export const toolItemsLinked = learned('tool_items_linked', {
  tool_call_id: 'X1',
  call_item_ids: [],
  output_item_ids: [],
});
export const cellWaited = learned('cell_waited', { tool_call_id: 'X1', code_cell_id: 'code_cell:call-code' });
export const stdinTargeted = learned('stdin_targeted', { tool_call_id: 'X2', exec_tool_call_id: 'X1' });

const delivery: Delivery = {
  edge_id: 'edge:tool:X1',
  kind: 'send_message',
  source: { type: 'tool_call', tool_call_id: 'X1' },
  target_thread_id: 'T2',
  author: '/root',
  content: 'hello',
  fallback_thread_id: null,
  started_at_unix_ms: 1010,
  ended_at_unix_ms: null,
  carried_raw_payload_ids: [],
};
export const deliverySent = learned('delivery_sent', delivery);
export const deliveryMet = learned('delivery_met', {
  ...delivery,
  target: { type: 'conversation_item', item_id: 'conversation_item:1' },
});
export const agentClosed = learned('agent_closed', {
  edge_id: 'edge:tool:X1',
  tool_call_id: 'X1',
  target_thread_id: 'T2',
  started_at_unix_ms: 1010,
  ended_at_unix_ms: null,
  carried_raw_payload_ids: [],
});
export const deliveryEvidence = learned('delivery_evidence', {
  tool_call_id: 'X1',
  raw_payload_id: 'P9',
  edge_id: null,
});
