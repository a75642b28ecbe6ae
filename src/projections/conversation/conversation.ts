import type { PayloadBody } from '../../bundle/payload.js';
import type { FactOf, RawFactOf } from '../../facts/facts.js';
import { problem, readPayload } from '../../facts/problems.js';
import { patch } from '../../facts/writes.js';
import { field, stringField } from '../../json/access.js';
import { elementSlices } from '../../json/locate.js';
import { compareUtf8 } from '../../json/order.js';
import type { ConversationItemId } from '../../model/ids.js';
import { normalizeItem } from '../../payloads/model-items/normalize.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';
import { readUsage } from '../../payloads/usage.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { defineProjection } from '../projection.js';
import { addItem, listInThread, observe, type ConversationEmit } from './observe.js';
import { keyOf } from '../../facts/keys.js';
import { initialConversation, type ConversationState } from './state.js';

/**
 * Owns what the model saw: conversation items, the item lists of threads and calls, and usage. It knows
 * only payloads that were exchanged with the model; what a tool really did never gets in here.
 */
export const conversation = (rules: SchemaRules) =>
  defineProjection({
    name: 'conversation',
    reads: ['inference_opened', 'inference_answered', 'compaction_installed'],
    learns: ['items_observed', 'response_items_known', 'checkpoint_reduced'],
    initial: initialConversation,
    step(state, fact, emit) {
      switch (fact.type) {
        case 'inference_opened':
          reduceRequest(rules, state, fact, emit);
          return;
        case 'inference_answered':
          reduceResponse(rules, state, fact, emit);
          rememberResponseId(state, fact);
          return;
        case 'compaction_installed':
          reduceCheckpoint(rules, state, fact, emit);
          return;
        default: {
          const unreachable: never = fact;
          return unreachable;
        }
      }
    },
  });

const reduceRequest = (
  rules: SchemaRules,
  state: ConversationState,
  fact: FactOf<'inference_opened'>,
  emit: ConversationEmit,
): void => {
  const { at, inference_call_id: call, thread_id, codex_turn_id, payload } = fact;
  const exchange = { thread_id, codex_turn_id, request: [], response: [], responseId: null };
  state.exchanges.set(call, exchange);
  const body = readPayload(payload, emit);
  if (!body) return;
  const items = modelItems(body, 'input');
  if (!items) {
    const message = `inference request payload ${payload.ref.raw_payload_id} has no input list`;
    emit(problem(at, 'request_input_missing', call, message));
    return;
  }
  const view = { at, thread_id, codex_turn_id, producer: null, items };
  const live = state.snapshots.get(thread_id) ?? [];
  const previous = stringField(body.value, 'previous_response_id');
  let request: readonly ConversationItemId[];
  if (previous === undefined) {
    const replacement = state.replacements.get(thread_id);
    const snapshot = replacement ?? live;
    request = observe(rules, state, { ...view, snapshot, startIndex: 0, mayMove: true }, emit);
    listInThread(state, thread_id, request, emit);
    state.replacements.delete(thread_id);
  } else {
    const prefix = omittedPrefix(state, fact, previous, live, emit);
    const startIndex = prefix.length;
    const delta = observe(rules, state, { ...view, snapshot: live, startIndex, mayMove: false }, emit);
    listInThread(state, thread_id, delta, emit);
    request = [...prefix, ...delta];
  }
  state.snapshots.set(thread_id, request);
  state.exchanges.set(call, { ...exchange, request });
  emit(patch('inference_calls', call, { request_item_ids: request }));
};

/** What an incremental request leaves out: input and output of the call whose response it continues. */
const omittedPrefix = (
  state: ConversationState,
  { at, inference_call_id, thread_id }: FactOf<'inference_opened'>,
  responseId: string,
  live: readonly ConversationItemId[],
  emit: ConversationEmit,
): readonly ConversationItemId[] => {
  const calls = state.byResponseId.get(keyOf(thread_id, responseId)) ?? [];
  const first = calls.toSorted(compareUtf8)[0];
  const exchange = first === undefined ? undefined : state.exchanges.get(first);
  if (exchange) return [...exchange.request, ...exchange.response];
  const message = `incremental inference request ${inference_call_id} referenced unknown previous_response_id ${responseId}`;
  emit(problem(at, 'previous_response_unknown', inference_call_id, message));
  return live;
};

/** Output is conversation at once, before a later request carries it. */
const reduceResponse = (
  rules: SchemaRules,
  state: ConversationState,
  { at, inference_call_id: call, thread_id, codex_turn_id, payload }: FactOf<'inference_answered'>,
  emit: ConversationEmit,
): void => {
  const body = payload && readPayload(payload, emit);
  if (!body) return;
  const items = modelItems(body, 'output_items');
  if (!items) {
    const message = `inference response payload ${body.ref.raw_payload_id} has no output_items list`;
    emit(problem(at, 'response_output_missing', call, message));
    return;
  }
  const producer = { type: 'inference', inference_call_id: call } as const;
  const snapshot = state.snapshots.get(thread_id) ?? [];
  const startIndex = snapshot.length;
  const view = { at, thread_id, codex_turn_id, producer, items, snapshot, startIndex, mayMove: false };
  const response = observe(rules, state, view, emit);
  listInThread(state, thread_id, response, emit);
  state.snapshots.set(thread_id, [...snapshot, ...response]);
  const exchange = state.exchanges.get(call);
  if (exchange) exchange.response = response;
  const usage = readUsage(body);
  emit(patch('inference_calls', call, { response_item_ids: response, ...(usage && { usage }) }));
  emit({ type: 'response_items_known', at, inference_call_id: call, item_ids: response });
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
    const items = body && modelItems(body, key);
    if (items) return items;
    if (body) {
      const message = `compaction checkpoint payload ${body.ref.raw_payload_id} has no ${key} list`;
      emit(problem(at, 'checkpoint_history_missing', compaction_id, message));
    }
    return [];
  };
  const context = { at, thread_id, codex_turn_id };
  const detached = { startIndex: null, mayMove: true };
  const producer = { type: 'compaction', compaction_id } as const;
  const before = { ...context, ...detached, producer: null, snapshot: state.snapshots.get(thread_id) ?? [] };
  const input_item_ids = observe(rules, state, { ...before, items: history('input_history') }, emit);
  const marker = addItem(state, { ...context, producer }, compactionMarker, emit);
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
};

/** The items of the list at `key`, or undefined where there is no list. */
const modelItems = (body: PayloadBody, key: string): readonly ModelItem[] | undefined => {
  const list = field(body.value, key);
  if (!Array.isArray(list)) return undefined;
  const { raw_payload_id } = body.ref;
  let texts: readonly string[] | undefined;
  return list.flatMap((item: unknown, index) => {
    const text = () => (texts ??= elementSlices(body.text, [key]) ?? [])[index] ?? 'null';
    return normalizeItem(item, { raw_payload_id, text }) ?? [];
  });
};
