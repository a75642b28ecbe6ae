import { link, patch } from '../../facts/writes.js';
import { inCreationOrder, ordinalOf, type ConversationItemId, type ThreadId } from '../../model/ids.js';
import type { ConversationEmit, ConversationState } from './state.js';

/**
 * Puts items that the list of their thread does not hold yet at their place in it: the list is in the order
 * in which items were made. Nearly always that is its end.
 */
export const listInThread = (
  state: ConversationState,
  thread: ThreadId,
  ids: readonly ConversationItemId[],
  emit: ConversationEmit,
): void => {
  if (state.unlisted.size === 0) return;
  // Taking an id out of the set as it passes: a list may name one item twice.
  const add = inCreationOrder(ids.filter((id) => state.unlisted.delete(id)));
  const [first, last] = [add[0], add.at(-1)];
  if (first === undefined || last === undefined) return;
  const end = state.lastListed.get(thread) ?? 0;
  if (ordinalOf(first) > end) {
    emit(link('threads', thread, 'conversation_item_ids', add));
  } else {
    emit(patch('threads', thread, { conversation_item_ids: wholeList(state, thread) }));
  }
  state.lastListed.set(thread, Math.max(end, ordinalOf(last)));
};

const wholeList = (state: ConversationState, thread: ThreadId): ConversationItemId[] => {
  const ids: ConversationItemId[] = [];
  for (const { item_id, thread_id } of state.items.values()) {
    if (thread_id === thread && !state.unlisted.has(item_id)) ids.push(item_id);
  }
  return ids;
};
