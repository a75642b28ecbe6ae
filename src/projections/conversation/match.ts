import type { ConversationItem } from '../../model/conversation.js';
import type { ConversationItemId } from '../../model/ids.js';
import { asModelItem, identityKey, isSameModelItem } from '../../payloads/model-items/identity.js';
import type { ModelItem } from '../../payloads/model-items/model-item.js';

/** Which known item an incoming one is, if any, and which item it contradicts, if it does. */
export interface Match {
  readonly known: ConversationItemId | undefined;
  readonly conflictsWith: ConversationItemId | undefined;
}

export interface MatchOptions {
  /** What was in view before, in order. */
  readonly snapshot: readonly ConversationItemId[];
  /** Index in the snapshot of the first incoming item; items of a detached history have no position. */
  readonly startIndex: number | null;
  /** So much of the snapshot was taken already, item by item. */
  readonly shared: number;
  /**
   * A full request is the whole context: an item may have moved, and is found anywhere, once. Otherwise
   * items append to a known prefix, and an occupied position must hold the same item; one that
   * contradicts it is searched all the same.
   */
  readonly mayMove: boolean;
  /** Whether an item that was taken may be taken again at its position. */
  readonly mayRepeatInPlace: boolean;
  readonly lookup: (id: ConversationItemId) => ConversationItem | undefined;
}

/**
 * Matches the items of one payload with a snapshot, one after the other. The item at the same position
 * is taken even if it was taken before, where that is allowed; the search skips what was taken. Linear: the search looks up a
 * key, built once for a snapshot in which something moved.
 */
export const matcher = (options: MatchOptions): ((incoming: ModelItem, offset: number) => Match) => {
  const { snapshot, startIndex, shared, mayMove, mayRepeatInPlace, lookup } = options;
  /** The snapshot up to here was taken, item by item; what else was taken stands in `taken`. */
  let aligned = shared;
  const taken = new Set<ConversationItemId>();
  let byKey: Map<string, ConversationItemId[]> | undefined;

  const isSameAs = (id: ConversationItemId, incoming: ModelItem): boolean => {
    const known = lookup(id);
    return known !== undefined && isSameModelItem(known, incoming);
  };
  let holdsTwice: boolean | undefined;
  const wasTaken = (id: ConversationItemId): boolean => {
    if (taken.has(id)) return true;
    // Only an item that stands in the snapshot twice can be part of what was taken in its place.
    holdsTwice ??= new Set(snapshot).size < snapshot.length;
    return holdsTwice && snapshot.indexOf(id) < aligned;
  };
  const take = (id: ConversationItemId, position: number | null): void => {
    if (position === aligned && byKey === undefined) aligned += 1;
    else taken.add(id);
  };
  const find = (incoming: ModelItem): ConversationItemId | undefined => {
    if (byKey === undefined) {
      for (const id of snapshot.slice(0, aligned)) taken.add(id);
      byKey = indexByKey(snapshot.slice(aligned), lookup);
    }
    return byKey.get(identityKey(incoming))?.find((id) => !taken.has(id) && isSameAs(id, incoming));
  };

  return (incoming, offset) => {
    const position = startIndex === null ? null : startIndex + offset;
    const atPosition = position === null ? undefined : snapshot[position];
    const stays =
      atPosition !== undefined &&
      isSameAs(atPosition, incoming) &&
      (mayRepeatInPlace || !wasTaken(atPosition));
    const conflictsWith = mayMove || stays ? undefined : atPosition;
    const nothingLeft = aligned === snapshot.length;
    const searched = !stays && !nothingLeft && (mayMove || conflictsWith !== undefined);
    const known = stays ? atPosition : searched ? find(incoming) : undefined;
    if (known !== undefined) take(known, stays ? position : null);
    return { known, conflictsWith };
  };
};

const indexByKey = (
  snapshot: readonly ConversationItemId[],
  lookup: (id: ConversationItemId) => ConversationItem | undefined,
): Map<string, ConversationItemId[]> => {
  const byKey = new Map<string, ConversationItemId[]>();
  for (const id of snapshot) {
    const known = lookup(id);
    if (known === undefined) continue;
    const key = identityKey(asModelItem(known));
    const ids = byKey.get(key);
    if (ids) ids.push(id);
    else byKey.set(key, [id]);
  }
  return byKey;
};
