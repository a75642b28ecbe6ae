import type { ConversationItem } from '../model/conversation.js';
import type { ConversationItemId } from '../model/ids.js';
import type { FactOf } from './facts.js';

/**
 * Goes through items in their order: those that appeared for the first time, and of the others those that
 * somebody awaits, who may cease to do so on the way. Most lists hold nothing that is awaited: then only
 * what is new is looked at.
 */
export const eachSighting = (
  { item_ids, fresh }: FactOf<'items_observed'>,
  awaited: { readonly size: number; has(id: ConversationItemId): boolean },
  onNew: (row: ConversationItem) => void,
  onAwaited: (id: ConversationItemId) => void,
): void => {
  if (awaited.size === 0) {
    fresh.forEach(onNew);
    return;
  }
  const rows = new Map(fresh.map((row) => [row.item_id, row]));
  for (const id of item_ids) {
    const row = rows.get(id);
    if (row) {
      rows.delete(id);
      onNew(row);
    } else if (awaited.has(id)) {
      onAwaited(id);
    }
  }
};
