import { tableNames, type RolloutTrace, type TableName } from '../model/rollout-trace.js';
import { rowsOf, type ObjectRef } from './objects.js';

/**
 * The objects of all tables whose id begins with a text; where an id is just the text, only those. Where there is
 * none, those that the model or its provider calls so. In the order of the tables and of their ids.
 */
export const findObjects = (trace: RolloutTrace, prefix: string): readonly ObjectRef[] => {
  const exact = tableNames.filter((table) => trace[table].has(prefix));
  if (exact.length > 0) return exact.map((table) => ({ table, id: prefix }));
  const found = tableNames.flatMap((table) =>
    trace[table]
      .keys()
      .filter((id) => id.startsWith(prefix))
      .map((id) => ({ table, id })),
  );
  return found.length > 0 ? found : objectsCalled(trace, prefix);
};

/** Logs of others know a call, a response and an item by the names that these have on the wire. */
const objectsCalled = (trace: RolloutTrace, name: string): readonly ObjectRef[] => {
  const those = <Row>(
    table: TableName,
    rows: Iterable<readonly [string, Row]>,
    nameOf: (row: Row) => string | null | undefined,
  ): readonly ObjectRef[] =>
    [...rows].filter(([, row]) => nameOf(row) === name).map(([id]) => ({ table, id }));
  return [
    ...those('conversation_items', rowsOf(trace, 'conversation_items'), (row) => row.responses_item_id),
    ...those('inference_calls', rowsOf(trace, 'inference_calls'), (row) => row.response_id),
    ...those('code_cells', rowsOf(trace, 'code_cells'), (row) => row.model_visible_call_id),
    ...those('tool_calls', rowsOf(trace, 'tool_calls'), (row) => row.model_visible_call_id),
  ];
};
