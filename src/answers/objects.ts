import type { ProducerRef } from '../model/conversation.js';
import type { ThreadId } from '../model/ids.js';
import type { TraceAnchor } from '../model/interaction.js';
import type { RolloutTrace, Table, TableName, TraceRows } from '../model/rollout-trace.js';

/** Names one row of a trace. */
export interface ObjectRef {
  readonly table: TableName;
  readonly id: string;
}

/** A key for maps that hold objects of all tables. */
export const objectKey = ({ table, id }: ObjectRef): string => `${table}/${id}`;

export const isSameObject = (a: ObjectRef, b: ObjectRef): boolean => a.table === b.table && a.id === b.id;

/** A table with the fields of both schemas: in schema 1 those of schema 2 are undefined. */
export const rowsOf = <T extends TableName>(trace: RolloutTrace, table: T): Table<TraceRows<2>[T]> =>
  // A row of schema 1 differs from one of schema 2 only in fields that it has not.
  trace[table] as Table<TraceRows<2>[T]>;

export const producerOf = (by: ProducerRef): ObjectRef => {
  switch (by.type) {
    case 'inference':
      return { table: 'inference_calls', id: by.inference_call_id };
    case 'tool':
      return { table: 'tool_calls', id: by.tool_call_id };
    case 'code_cell':
      return { table: 'code_cells', id: by.code_cell_id };
    case 'compaction':
      return { table: 'compactions', id: by.compaction_id };
  }
};

export const anchored = (anchor: TraceAnchor): ObjectRef => {
  switch (anchor.type) {
    case 'conversation_item':
      return { table: 'conversation_items', id: anchor.item_id };
    case 'tool_call':
      return { table: 'tool_calls', id: anchor.tool_call_id };
    case 'thread':
      return { table: 'threads', id: anchor.thread_id };
  }
};

/** Finds a row; undefined where there is none. */
export type Look = <T extends TableName>(table: T, id: string) => TraceRows<2>[T] | undefined;

export const lookIn =
  (trace: RolloutTrace): Look =>
  (table, id) =>
    rowsOf(trace, table).get(id);

/** The thread in which an object happened: of an edge the one that it left, of a payload none. */
export const threadOf = (trace: RolloutTrace, object: ObjectRef): ThreadId | null =>
  threadSeen(lookIn(trace), object);

/** The same, of the rows that are found. */
export const threadSeen = (look: Look, { table, id }: ObjectRef): ThreadId | null => {
  switch (table) {
    case 'raw_payloads':
      return null;
    case 'terminal_operations':
      return look('tool_calls', look('terminal_operations', id)?.tool_call_id ?? '')?.thread_id ?? null;
    case 'interaction_edges': {
      const edge = look('interaction_edges', id);
      return edge ? threadSeen(look, anchored(edge.source)) : null;
    }
    default:
      return look(table, id)?.thread_id ?? null;
  }
};
