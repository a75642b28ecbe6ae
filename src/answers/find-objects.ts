import { tableNames, type RolloutTrace } from '../model/rollout-trace.js';
import type { ObjectRef } from './objects.js';

/**
 * The objects of all tables whose id begins with a text; where an id is just the text, only those. In the order
 * of the tables and of their ids.
 */
export const findObjects = (trace: RolloutTrace, prefix: string): readonly ObjectRef[] => {
  const exact = tableNames.filter((table) => trace[table].has(prefix));
  if (exact.length > 0) return exact.map((table) => ({ table, id: prefix }));
  return tableNames.flatMap((table) =>
    trace[table]
      .keys()
      .filter((id) => id.startsWith(prefix))
      .map((id) => ({ table, id })),
  );
};
