import type { EventSource } from '../../facts/event-source.js';
import { keyOf, pushTo } from '../../facts/keys.js';
import { insert, patch } from '../../facts/writes.js';
import type { ConversationItem, ItemReceipt, ProducerRef } from '../../model/conversation.js';
import {
  conversationItemId,
  type CodexTurnId,
  type ConversationItemId,
  type ThreadId,
} from '../../model/ids.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';
import type { SchemaRules } from '../../schemas/rules.js';
import type { ConversationEmit, ConversationState } from './state.js';

/** Where an item appears, and what made it. */
interface Appearance {
  readonly at: EventSource;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId | null;
  readonly producer: ProducerRef | null;
}

/** Adds an item under the next id. */
export const addItem = (
  rules: SchemaRules,
  state: ConversationState,
  { at, thread_id, codex_turn_id, producer }: Appearance,
  item: Omit<ModelItem, 'flaw'>,
  emit: ConversationEmit,
): ConversationItem => {
  const item_id = conversationItemId(state.nextOrdinal);
  state.nextOrdinal += 1;
  const row: ConversationItem = {
    item_id,
    ...(rules.items.haveReceipts && receiptOf(state, thread_id, item.id)),
    thread_id,
    codex_turn_id,
    first_seen_at_unix_ms: at.time,
    role: item.role,
    channel: item.channel,
    kind: item.kind,
    ...(item.agent_message && { agent_message: item.agent_message }),
    body: { parts: item.parts },
    call_id: item.call_id,
    produced_by: producer ? [producer] : [],
  };
  state.items.set(item_id, row);
  state.unlisted.add(item_id);
  if (item.id !== null) pushTo(state.byProviderId, keyOf(thread_id, item.id), item_id);
  emit(insert('conversation_items', item_id, row));
  return row;
};

/** A known item learns its id from a later sighting, and may turn out to be accepted. */
export const learnId = (
  state: ConversationState,
  item: ConversationItemId,
  id: string,
  emit: ConversationEmit,
): void => {
  const known = state.items.get(item);
  if (!known || known.responses_item_id !== undefined) return;
  pushTo(state.byProviderId, keyOf(known.thread_id, id), item);
  updateItem(state, item, receiptOf(state, known.thread_id, id), emit);
};

/** What is known of an item by its id. */
const receiptOf = (state: ConversationState, thread: ThreadId, id: string | null): ItemReceipt => {
  const receipt = id === null ? undefined : state.receipts.get(keyOf(thread, id));
  return {
    responses_item_id: id ?? undefined,
    accepted_at_unix_ms: receipt?.accepted_at_unix_ms,
    accepted_seq: receipt?.accepted_seq,
  };
};

/** Replaces fields of a known item, and gives its row as it is then. */
export const updateItem = (
  state: ConversationState,
  id: ConversationItemId,
  fields: Partial<ConversationItem>,
  emit: ConversationEmit,
): ConversationItem | undefined => {
  const row = state.items.get(id);
  if (!row) return undefined;
  const next = { ...row, ...fields };
  state.items.set(id, next);
  emit(patch('conversation_items', id, fields));
  return next;
};
