import type { FactOf, RawFactOf } from '../../facts/facts.js';
import { keyOf } from '../../facts/keys.js';
import { problem, readPayload } from '../../facts/problems.js';
import { unreachable } from '../../facts/unreachable.js';
import { patch } from '../../facts/writes.js';
import { compareUtf8 } from '../../json/order.js';
import {
  inCreationOrder,
  type ConversationItemId,
  type InferenceCallId,
  type ThreadId,
} from '../../model/ids.js';
import { readItems } from '../../payloads/model-items/read-items.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';
import { readUsage } from '../../payloads/usage.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { defineProjection } from '../projection.js';
import { listInThread } from './listing.js';
import { addItem } from './items.js';
import { observe } from './observe.js';
import { accept } from './receipts.js';
import {
  emptyView,
  initialConversation,
  itemsIn,
  type ConversationEmit,
  type ConversationState,
  type View,
} from './state.js';

/**
 * Owns what the model saw: conversation items, the item lists of threads and calls, and usage. It knows
 * only payloads that were exchanged with the model; what a tool really did never gets in here.
 */
export const conversation = (rules: SchemaRules) =>
  defineProjection({
    name: 'conversation',
    reads: [
      'inference_opened',
      'request_read',
      'inference_answered',
      'compaction_installed',
      'history_item_accepted',
    ],
    learns: ['items_observed', 'item_rewritten', 'response_items_known', 'checkpoint_reduced'],
    initial: initialConversation,
    step(state, fact, emit) {
      switch (fact.type) {
        case 'inference_opened': {
          const { inference_call_id: call, thread_id, codex_turn_id } = fact;
          const unknown = { request: null, response: [], responseId: null };
          state.exchanges.set(call, { thread_id, codex_turn_id, ...unknown });
          state.lastCall.set(thread_id, call);
          return;
        }
        case 'request_read':
          reduceRequest(rules, state, fact, emit);
          return;
        case 'inference_answered':
          reduceResponse(rules, state, fact, emit);
          rememberResponseId(state, fact);
          return;
        case 'compaction_installed':
          reduceCheckpoint(rules, state, fact, emit);
          return;
        case 'history_item_accepted':
          accept(rules, state, fact, emit);
          return;
        default:
          return unreachable(fact);
      }
    },
  });

const reduceRequest = (
  rules: SchemaRules,
  state: ConversationState,
  fact: FactOf<'request_read'>,
  emit: ConversationEmit,
): void => {
  const { at, inference_call_id: call, thread_id, codex_turn_id, previous_response_id } = fact;
  const { items, shared } = itemsToCompare(rules, state, fact, emit);
  const view = { at, thread_id, codex_turn_id, producer: null, items, shared };
  const live = state.views.get(thread_id) ?? emptyView;
  let request: readonly ConversationItemId[];
  if (previous_response_id === null) {
    const snapshot = state.replacements.get(thread_id) ?? itemsIn(live);
    request = observe(rules, state, { ...view, snapshot, startIndex: shared, mayMove: true }, emit);
    state.replacements.delete(thread_id);
  } else {
    const prefix = omittedPrefix(state, fact, previous_response_id, live, emit);
    const startIndex = prefix.request.length + prefix.response.length;
    // What goes on where the live history ends has nothing to be compared with.
    const goesOn = prefix.request === live.request && prefix.response === live.response;
    const snapshot = goesOn ? [] : itemsIn(live);
    const delta = observe(rules, state, { ...view, snapshot, startIndex, mayMove: false }, emit);
    listInThread(state, thread_id, delta, emit);
    request = itemsIn({ request: prefix.request, response: prefix.response.concat(delta) });
  }
  // Whatever a request carries is listed, also a response that never had a receipt. What it shares was so before.
  listInThread(state, thread_id, shared === 0 ? request : request.slice(shared), emit);
  state.views.set(thread_id, { request, response: [] });
  const exchange = state.exchanges.get(call);
  if (exchange) exchange.request = request;
  emit(patch('inference_calls', call, { request_item_ids: request }));
};

/** What a request repeats is what it was, unless a message was given another body meanwhile. */
const itemsToCompare = (
  rules: SchemaRules,
  state: ConversationState,
  { thread_id, previous_response_id, items, shared, payload }: FactOf<'request_read'>,
  emit: ConversationEmit,
): Pick<FactOf<'request_read'>, 'items' | 'shared'> => {
  if (previous_response_id !== null || !state.unsettled.delete(thread_id) || shared === 0) {
    return { items, shared };
  }
  const body = readPayload(payload, emit);
  const all = body && readItems(body, 'input', rules.items.form);
  return all ? { items: all, shared: 0 } : { items, shared };
};

/** What an incremental request leaves out: input and output of the call whose response it continues. */
const omittedPrefix = (
  state: ConversationState,
  { at, inference_call_id, thread_id }: FactOf<'request_read'>,
  responseId: string,
  live: View,
  emit: ConversationEmit,
): View => {
  const calls = state.byResponseId.get(keyOf(thread_id, responseId)) ?? [];
  const first = calls.toSorted(compareUtf8)[0];
  const exchange = first === undefined ? undefined : state.exchanges.get(first);
  if (exchange) return { request: exchange.request ?? [], response: exchange.response };
  const message = `incremental inference request ${inference_call_id} referenced unknown previous_response_id ${responseId}`;
  emit(problem(at, 'previous_response_unknown', inference_call_id, message));
  return live;
};

/** Output can be seen at once, before a later request carries it. */
const reduceResponse = (
  rules: SchemaRules,
  state: ConversationState,
  { at, inference_call_id: call, thread_id, codex_turn_id, payload }: FactOf<'inference_answered'>,
  emit: ConversationEmit,
): void => {
  const body = payload && readPayload(payload, emit);
  if (!body) return;
  const items = readItems(body, 'output_items', rules.items.form);
  if (!items) {
    const message = `inference response payload ${body.ref.raw_payload_id} has no output_items list`;
    emit(problem(at, 'response_output_missing', call, message));
    return;
  }
  const producer = { type: 'inference', inference_call_id: call } as const;
  // Output is new, but for what an earlier response had under the same ids.
  const snapshot = itemsWithIds(state, thread_id, items);
  const detached = { snapshot, startIndex: null, shared: 0, mayMove: true };
  const place = { at, thread_id, codex_turn_id, producer };
  const response = observe(rules, state, { ...place, items, ...detached }, emit);
  const isListed = (id: ConversationItemId): boolean => state.items.get(id)?.accepted_seq !== undefined;
  listInThread(state, thread_id, rules.items.haveReceipts ? response.filter(isListed) : response, emit);
  const view = viewBefore(rules, state, call, thread_id);
  if (view) {
    const all = view.response.length === 0 ? response : view.response.concat(response);
    state.views.set(thread_id, { request: view.request, response: all });
  }
  const exchange = state.exchanges.get(call);
  if (exchange) exchange.response = response;
  const usage = readUsage(body);
  emit(patch('inference_calls', call, { response_item_ids: response, ...(usage && { usage }) }));
  emit({ type: 'response_items_known', at, inference_call_id: call, item_ids: response });
};

/** Known items of a thread that have the id of one of these. */
const itemsWithIds = (
  state: ConversationState,
  thread: ThreadId,
  items: readonly ModelItem[],
): readonly ConversationItemId[] => {
  const ids = new Set(items.map(({ id }) => id).filter((id) => id !== null));
  return inCreationOrder([...ids].flatMap((id) => state.byProviderId.get(keyOf(thread, id)) ?? []));
};

/** What the model has in view when a response comes in; nothing where that response does not count for it. */
const viewBefore = (
  rules: SchemaRules,
  state: ConversationState,
  call: InferenceCallId,
  thread: ThreadId,
): View | undefined => {
  const live = state.views.get(thread) ?? emptyView;
  if (!rules.items.onlyLastCallCounts) return live;
  // What a compaction installed is in view with the next full request.
  if (state.lastCall.get(thread) !== call || state.replacements.has(thread)) return undefined;
  // A later end of the call replaces what an earlier one gave.
  const request = state.exchanges.get(call)?.request;
  return request ? { request, response: [] } : live;
};

/** Every end of a call says anew which response it had. */
const rememberResponseId = (
  state: ConversationState,
  { inference_call_id: call, thread_id, response_id }: FactOf<'inference_answered'>,
): void => {
  const exchange = state.exchanges.get(call);
  if (!exchange || exchange.responseId === response_id) return;
  if (exchange.responseId !== null) {
    const key = keyOf(thread_id, exchange.responseId);
    state.byResponseId.set(key, state.byResponseId.get(key)?.filter((id) => id !== call) ?? []);
  }
  exchange.responseId = response_id;
  if (response_id === null) return;
  const key = keyOf(thread_id, response_id);
  state.byResponseId.set(key, [...(state.byResponseId.get(key) ?? []), call]);
};

/** The history before a compaction, the marker where it was cut, and the history after. */
const reduceCheckpoint = (
  rules: SchemaRules,
  state: ConversationState,
  { at, body: event, payload }: RawFactOf<'compaction_installed'>,
  emit: ConversationEmit,
): void => {
  const { compaction_id } = event;
  if (state.compactions.has(compaction_id)) {
    const message = `duplicate compaction install for ${compaction_id}`;
    emit(problem(at, 'compaction_duplicate', compaction_id, message));
    return;
  }
  const { thread: thread_id, turn: codex_turn_id } = at;
  if (thread_id === null || codex_turn_id === null) return;
  state.compactions.add(compaction_id);
  const body = payload && readPayload(payload, emit);
  const history = (key: string): readonly ModelItem[] => {
    const items = body && readItems(body, key, rules.items.form);
    if (items) return items;
    if (body) {
      const message = `compaction checkpoint payload ${body.ref.raw_payload_id} has no ${key} list`;
      emit(problem(at, 'checkpoint_history_missing', compaction_id, message));
    }
    return [];
  };
  const context = { at, thread_id, codex_turn_id };
  const detached = { startIndex: null, shared: 0, mayMove: true };
  const producer = { type: 'compaction', compaction_id } as const;
  const live = state.views.get(thread_id) ?? emptyView;
  const before = { ...context, ...detached, producer: null, snapshot: itemsIn(live) };
  const input_item_ids = observe(rules, state, { ...before, items: history('input_history') }, emit);
  const marker = addItem(rules, state, { ...context, producer }, compactionMarker, emit);
  // Even text that repeats the old history is a new item after the compaction.
  const after = { ...context, ...detached, producer, snapshot: [] };
  const replacement = observe(rules, state, { ...after, items: history('replacement_history') }, emit);
  listInThread(state, thread_id, [...input_item_ids, marker.item_id, ...replacement], emit);
  state.replacements.set(thread_id, replacement);
  emit({
    type: 'checkpoint_reduced',
    ...context,
    compaction_id,
    marker_item_id: marker.item_id,
    input_item_ids,
    replacement_item_ids: replacement,
  });
};

/** Its body is empty: what the model got instead of the history are the replacement items. */
const compactionMarker: Omit<ModelItem, 'flaw'> = {
  role: 'assistant',
  channel: null,
  kind: 'compaction_marker',
  agent_message: null,
  parts: [],
  call_id: null,
  id: null,
};
