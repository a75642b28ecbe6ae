import type { TableName } from '../../model/rollout-trace.js';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';

/** Two snapshots of a session that follow each other as one, for a reader who was too slow for the first. */
export const coalesce = (earlier: TailSnapshot, later: TailSnapshot): TailSnapshot => {
  if (later.restart !== null) return later;
  const changes = new Map<TableName, readonly string[]>(earlier.changes);
  for (const [name, ids] of later.changes)
    changes.set(name, [...new Set([...(changes.get(name) ?? []), ...ids])]);
  return { ...later, changes, restart: earlier.restart };
};
