/**
 * What a printed graph says, without what only the order of the log decides: two recordings of one session have
 * the same text here where they have the same graph up to the ids that a reduction makes, `seq`s and times, and
 * up to the order in lists to which concurrent events add. Takes the text of a reduction of either schema, whoever
 * made it.
 *
 * Ids that a reduction numbers are named by structure: an item by its thread and its place among the items of the
 * thread, a terminal operation by its tool, a terminal session of schema 2 by the operation that it is named after.
 */
export const canonicalGraph = (state: string): string => {
  const graph: Json = JSON.parse(state);
  const names = new Map([...itemNames(graph), ...operationNames(graph)]);
  return JSON.stringify(canonical('', graph, names), null, 2);
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What only the place in the log decides. */
const isPlace = (key: string): boolean => key.endsWith('_seq') || key.endsWith('_unix_ms');

/** Lists that say what there is, in the order in which the log came to it. */
const inLogOrder: ReadonlySet<string> = new Set([
  'tool_call_ids_started_by_response',
  'nested_tool_call_ids',
  'wait_tool_call_ids',
  'produced_by',
  'operation_ids',
]);

const canonical = (key: string, value: Json, names: ReadonlyMap<string, string>): Json => {
  if (typeof value === 'string') return renamed(value, names);
  if (Array.isArray(value)) {
    const elements = value.map((each: Json) => canonical('', each, names));
    return inLogOrder.has(key) ? sortedBy(elements, (each) => JSON.stringify(each)) : elements;
  }
  const entries = membersOf(value);
  if (!entries) return isPlace(key) && value !== null ? 'some place in the log' : value;
  const members = entries.map(
    ([name, member]) => [renamed(name, names), canonical(name, member, names)] as const,
  );
  return Object.fromEntries(sortedBy(members, ([name]) => name));
};

const renamed = (text: string, names: ReadonlyMap<string, string>): string => {
  const prefix = 'terminal_session:';
  if (text.startsWith(prefix)) return `${prefix}${names.get(text.slice(prefix.length)) ?? ''}`;
  return names.get(text) ?? text;
};

const sortedBy = <T>(list: readonly T[], keyOf: (element: T) => string): T[] =>
  list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));

const membersOf = (value: Json | undefined): readonly (readonly [string, Json])[] | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;

const rowsOf = (graph: Json, table: string): readonly (readonly [string, Json])[] =>
  membersOf(Object.fromEntries(membersOf(graph) ?? [])[table]) ?? [];

const fieldOf = (row: Json, field: string): string =>
  String(Object.fromEntries(membersOf(row) ?? [])[field] ?? '');

const ordinalOf = (id: string): number => Number(id.slice(id.indexOf(':') + 1));

function* itemNames(graph: Json): Iterable<readonly [string, string]> {
  const counts = new Map<string, number>();
  const inCreationOrder = rowsOf(graph, 'conversation_items').toSorted(
    ([a], [b]) => ordinalOf(a) - ordinalOf(b),
  );
  for (const [id, row] of inCreationOrder) {
    const thread = fieldOf(row, 'thread_id');
    const count = (counts.get(thread) ?? 0) + 1;
    counts.set(thread, count);
    yield [id, `item ${count} of ${thread}`];
  }
}

function* operationNames(graph: Json): Iterable<readonly [string, string]> {
  for (const [id, row] of rowsOf(graph, 'terminal_operations')) {
    yield [id, `operation of ${fieldOf(row, 'tool_call_id')}`];
  }
}
