import type { EventSource } from '../../facts/event-source.js';
import { keyOf } from '../../facts/keys.js';
import { problem } from '../../facts/problems.js';
import { link, patch } from '../../facts/writes.js';
import type { ConversationItem, ProducerRef } from '../../model/conversation.js';
import {
  conversationItemId,
  type CodexTurnId,
  type ConversationItemId,
  type ThreadId,
} from '../../model/ids.js';
import {
  isRepeatedImage,
  isSameContent,
  isSameModelItem,
  mergeReasoning,
} from '../../payloads/model-items/identity.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { matcher } from './match.js';
import { addItem, learnId } from './items.js';
import { rewrite, takeDelivered } from './receipts.js';
import type { ConversationEmit, ConversationState } from './state.js';

/** One list of items that the model saw, and how it relates to what it saw before. */
export interface Observation {
  readonly at: EventSource;
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  readonly producer: ProducerRef | null;
  readonly items: readonly ModelItem[];
  readonly snapshot: readonly ConversationItemId[];
  readonly startIndex: number | null;
  /** Items of the snapshot that the list repeats at its start; `items` are those behind them. */
  readonly shared: number;
  readonly mayMove: boolean;
}

/** Gives every item of a list its id: that of a known item, or a new one. */
export const observe = (
  rules: SchemaRules,
  state: ConversationState,
  observation: Observation,
  emit: ConversationEmit,
): ConversationItemId[] => {
  const lookup = (id: ConversationItemId) => state.items.get(id);
  const { at, thread_id, items } = observation;
  const { mayRepeatInPlace } = rules.items;
  const match = matcher({ ...observation, lookup, mayRepeatInPlace });
  const fresh: ConversationItem[] = [];
  const ids = items.map((item, offset) => {
    const found = match(item, offset);
    if (found.conflictsWith !== undefined) reportConflict(observation, offset, found.conflictsWith, emit);
    const known =
      found.known ??
      sightDelivered(state, observation, item, emit) ??
      repeatedImage(rules, state, observation, item, emit);
    if (known !== undefined) {
      sightAgain(state, known, item, observation.producer, emit);
      return known;
    }
    const row = create(rules, state, observation, item, emit);
    fresh.push(row);
    return row.item_id;
  });
  const { snapshot, shared } = observation;
  const item_ids = shared === 0 ? ids : snapshot.slice(0, shared).concat(ids);
  emit({ type: 'items_observed', at, thread_id, item_ids, fresh });
  return item_ids;
};

const sightDelivered = (
  state: ConversationState,
  { at, thread_id }: Observation,
  item: ModelItem,
  emit: ConversationEmit,
): ConversationItemId | undefined => {
  const id = takeDelivered(state, thread_id, item);
  const row = id === undefined ? undefined : rewrite(state, id, item, emit);
  if (row) emit({ type: 'item_rewritten', at, row });
  return id;
};

/** Adds an item that was never seen. */
const create = (
  rules: SchemaRules,
  state: ConversationState,
  observation: Observation,
  item: ModelItem,
  emit: ConversationEmit,
): ConversationItem => {
  const { at, thread_id } = observation;
  if (item.flaw) emit(problem(at, item.flaw.code, null, item.flaw.message));
  if (item.call_id !== null) {
    const key = keyOf(thread_id, item.kind, item.call_id);
    const others = state.byCallId.get(key) ?? [];
    // The known ones agree with the first, or were reported when they came.
    const first = others[0] === undefined ? undefined : state.items.get(others[0]);
    if (first && rules.items.callIdIsUnique(item.kind) && !isSameContent(first, item)) {
      const message = `model-visible call id ${item.call_id} was reused with different content`;
      emit(problem(at, 'call_id_reused', item.call_id, message));
    }
    state.byCallId.set(key, [...others, conversationItemId(state.nextOrdinal)]);
  }
  return addItem(rules, state, observation, item, emit);
};

/** A known item may gain an id, readable reasoning and a producer; nothing else of it changes. */
const sightAgain = (
  state: ConversationState,
  id: ConversationItemId,
  item: ModelItem,
  producer: ProducerRef | null,
  emit: ConversationEmit,
): void => {
  if (item.kind !== 'reasoning' && !producer && item.id === null) return;
  if (item.id !== null) learnId(state, id, item.id, emit);
  const row = state.items.get(id);
  if (!row) return;
  if (row.kind === 'reasoning') {
    const parts = mergeReasoning(row.body.parts, item.parts);
    if (parts !== row.body.parts) {
      state.items.set(id, { ...row, body: { parts } });
      emit(patch('conversation_items', id, { body: { parts } }));
    }
  }
  if (producer && !row.produced_by.some((known) => sameProducer(known, producer))) {
    const merged = state.items.get(id) ?? row;
    state.items.set(id, { ...merged, produced_by: [...row.produced_by, producer] });
    emit(link('conversation_items', id, 'produced_by', [producer]));
  }
};

/** The conversation adds two kinds of producer; those of tools and cells are other projections' business. */
const sameProducer = (a: ProducerRef, b: ProducerRef): boolean =>
  (a.type === 'inference' && b.type === 'inference' && a.inference_call_id === b.inference_call_id) ||
  (a.type === 'compaction' && b.type === 'compaction' && a.compaction_id === b.compaction_id);

/**
 * A tool output with an image never equals itself in a later request, because an image is known only by
 * the payload that holds it. Same call id, same shape: it is taken to be the same output.
 */
const repeatedImage = (
  rules: SchemaRules,
  state: ConversationState,
  { at, thread_id }: Observation,
  item: ModelItem,
  emit: ConversationEmit,
): ConversationItemId | undefined => {
  if (item.call_id === null || item.role !== 'tool' || !rules.items.callIdIsUnique(item.kind))
    return undefined;
  const known = state.byCallId.get(keyOf(thread_id, item.kind, item.call_id))?.find((id) => {
    const row = state.items.get(id);
    return row !== undefined && isRepeatedImage(row, item) && !isSameModelItem(row, item);
  });
  if (known !== undefined && !state.repeatedImages.has(known)) {
    state.repeatedImages.add(known);
    const message = `model-visible call id ${item.call_id} came again with an image of another payload`;
    emit(problem(at, 'image_repeated', item.call_id, message));
  }
  return known;
};

const reportConflict = (
  { at, thread_id, codex_turn_id, startIndex }: Observation,
  offset: number,
  existing: ConversationItemId,
  emit: ConversationEmit,
): void => {
  const index = (startIndex ?? 0) + offset;
  const message =
    `conversation of thread ${thread_id} does not continue in turn ${codex_turn_id}: ` +
    `at index ${index} stands ${existing}, which is not the item of the payload`;
  emit(problem(at, 'conversation_mismatch', existing, message));
};
