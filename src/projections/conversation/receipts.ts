import type { RawFactOf } from '../../facts/facts.js';
import { keyOf } from '../../facts/keys.js';
import { problem, readPayload } from '../../facts/problems.js';
import { sameParts } from '../../payloads/model-items/identity.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';
import { normalizeItem } from '../../payloads/model-items/normalize.js';
import type { ConversationItem } from '../../model/conversation.js';
import type { ConversationItemId, ThreadId } from '../../model/ids.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { listInThread } from './listing.js';
import { addItem, updateItem } from './items.js';
import type { ConversationEmit, ConversationState } from './state.js';

/**
 * A receipt concerns every item of the thread with that id of the provider, seen or still to come; the first
 * one counts. It may bring a message of another agent along, which is an item from then on.
 */
export const accept = (
  rules: SchemaRules,
  state: ConversationState,
  fact: RawFactOf<'history_item_accepted'>,
  emit: ConversationEmit,
): void => {
  const { at, body } = fact;
  // Lifecycle has reported a receipt that names no thread.
  if (at.thread === null) return;
  const key = keyOf(at.thread, body.item_id);
  const seen = state.byProviderId.get(key) ?? [];
  if (!state.receipts.has(key)) {
    const receipt = { accepted_at_unix_ms: at.time, accepted_seq: at.seq };
    state.receipts.set(key, receipt);
    for (const id of seen) updateItem(state, id, receipt, emit);
    listInThread(state, at.thread, seen, emit);
  }
  if (seen.length === 0) deliver(rules, state, fact, at.thread, emit);
};

/** Makes an item of the message that a receipt brings. It has no place in what the model has in view yet. */
const deliver = (
  rules: SchemaRules,
  state: ConversationState,
  { at, body: { item_id }, payload }: RawFactOf<'history_item_accepted'>,
  thread_id: ThreadId,
  emit: ConversationEmit,
): void => {
  const body = payload && readPayload(payload, emit);
  if (!body) return;
  const { raw_payload_id } = body.ref;
  const source = { raw_payload_id, form: rules.items.form, text: () => body.text };
  const item = normalizeItem(body.value, source);
  if (item?.flaw) {
    emit(problem(at, item.flaw.code, item_id, item.flaw.message));
    return;
  }
  if (!item?.agent_message || item.id !== item_id) {
    const message = `the payload ${raw_payload_id} of the receipt ${item_id} is no agent message with that id`;
    emit(problem(at, 'receipt_mismatch', item_id, message));
    return;
  }
  const place = { at, thread_id, codex_turn_id: at.turn, producer: null };
  const row = addItem(rules, state, place, item, emit);
  state.delivered.set(keyOf(thread_id, item_id), row.item_id);
  listInThread(state, thread_id, [row.item_id], emit);
  emit({ type: 'items_observed', at, thread_id, item_ids: [row.item_id], fresh: [row] });
};

/** The item that a receipt made of a message, at its first sighting. What the model saw is its body. */
export const takeDelivered = (
  state: ConversationState,
  thread: ThreadId,
  item: ModelItem,
): ConversationItemId | undefined => {
  if (item.id === null || !item.agent_message || state.delivered.size === 0) return undefined;
  const key = keyOf(thread, item.id);
  const id = state.delivered.get(key);
  if (id === undefined) return undefined;
  state.delivered.delete(key);
  state.unsettled.add(thread);
  return id;
};

/** Gives a delivered message the body with which the model saw it. */
export const rewrite = (
  state: ConversationState,
  id: ConversationItemId,
  { parts }: ModelItem,
  emit: ConversationEmit,
): ConversationItem | undefined => {
  const row = state.items.get(id);
  if (!row || sameParts(row.body.parts, parts)) return undefined;
  return updateItem(state, id, { body: { parts } }, emit);
};
