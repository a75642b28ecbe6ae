import type { ConversationPart, ProducerRef } from '../../src/model/conversation.js';
import type { TraceAnchor } from '../../src/model/interaction.js';
import {
  tableNames,
  type RolloutTrace,
  type Table,
  type TableName,
  type TraceRows,
} from '../../src/model/rollout-trace.js';
import type { Reduction } from '../../src/streams/assemble.js';

/** An id in a row that names a row of a table. */
export interface Reference {
  readonly to: TableName;
  readonly id: string;
}

const refer = (to: TableName, ...ids: readonly (string | null)[]): readonly Reference[] =>
  ids.flatMap((id) => (id === null ? [] : [{ to, id }]));

const producer = (by: ProducerRef): readonly Reference[] => {
  switch (by.type) {
    case 'inference':
      return refer('inference_calls', by.inference_call_id);
    case 'tool':
      return refer('tool_calls', by.tool_call_id);
    case 'code_cell':
      return refer('code_cells', by.code_cell_id);
    case 'compaction':
      return refer('compactions', by.compaction_id);
  }
};

const anchor = (end: TraceAnchor): readonly Reference[] => {
  switch (end.type) {
    case 'conversation_item':
      return refer('conversation_items', end.item_id);
    case 'tool_call':
      return refer('tool_calls', end.tool_call_id);
    case 'thread':
      return refer('threads', end.thread_id);
  }
};

const part = (piece: ConversationPart): readonly Reference[] =>
  piece.type === 'json' || piece.type === 'payload_ref' ? refer('raw_payloads', piece.raw_payload_id) : [];

/**
 * Every id of a row that must name a row. Left out by design: what a recording merely claims (the parent
 * of a spawned thread and the edge of its spawn, the operation in a recorded summary), and the compaction
 * of a request, which exists only once it is installed.
 */
const referencesOf: { readonly [T in TableName]: (row: TraceRows<2>[T]) => readonly Reference[] } = {
  threads: (row) => refer('conversation_items', ...row.conversation_item_ids),
  codex_turns: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('conversation_items', ...row.input_item_ids),
  ],
  conversation_items: (row) => [
    ...refer('threads', row.thread_id),
    // A receipt may bring an item along, and the turn of a receipt is not looked at.
    ...(row.accepted_seq === undefined ? refer('codex_turns', row.codex_turn_id) : []),
    ...row.produced_by.flatMap(producer),
    ...row.body.parts.flatMap(part),
  ],
  inference_calls: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('codex_turns', row.codex_turn_id),
    ...refer('conversation_items', ...row.request_item_ids, ...row.response_item_ids),
    ...refer('tool_calls', ...row.tool_call_ids_started_by_response),
    ...refer('raw_payloads', row.raw_request_payload_id, row.raw_response_payload_id),
  ],
  code_cells: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('codex_turns', row.codex_turn_id),
    ...refer('conversation_items', row.source_item_id, ...row.output_item_ids),
    ...refer('tool_calls', ...row.nested_tool_call_ids, ...row.wait_tool_call_ids),
  ],
  tool_calls: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('codex_turns', row.started_by_codex_turn_id),
    ...(row.requester.type === 'code_cell' ? refer('code_cells', row.requester.code_cell_id) : []),
    ...refer('conversation_items', ...row.model_visible_call_item_ids, ...row.model_visible_output_item_ids),
    ...refer('terminal_operations', row.terminal_operation_id),
    ...refer('raw_payloads', row.raw_invocation_payload_id, row.raw_result_payload_id),
    ...refer('raw_payloads', ...row.raw_runtime_payload_ids),
  ],
  terminal_sessions: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('terminal_operations', row.created_by_operation_id, ...row.operation_ids),
  ],
  terminal_operations: (row) => [
    ...refer('terminal_sessions', row.terminal_id),
    ...refer('tool_calls', row.tool_call_id),
    ...row.model_observations.flatMap((seen) =>
      refer('conversation_items', ...seen.call_item_ids, ...seen.output_item_ids),
    ),
    ...refer('raw_payloads', ...row.raw_payload_ids),
  ],
  compactions: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('codex_turns', row.codex_turn_id),
    ...refer('conversation_items', row.marker_item_id, ...row.input_item_ids, ...row.replacement_item_ids),
    ...refer('compaction_requests', ...row.request_ids),
  ],
  compaction_requests: (row) => [
    ...refer('threads', row.thread_id),
    ...refer('codex_turns', row.codex_turn_id),
    ...refer('raw_payloads', row.raw_request_payload_id, row.raw_response_payload_id),
  ],
  interaction_edges: (row) => [
    ...anchor(row.source),
    ...anchor(row.target),
    ...refer('conversation_items', ...row.carried_item_ids),
    ...refer('raw_payloads', ...row.carried_raw_payload_ids),
  ],
  raw_payloads: () => [],
};

/** Every row of a trace, with the references in it. */
export const referencesByRow = (
  trace: RolloutTrace,
): readonly (readonly [table: TableName, id: string, references: readonly Reference[]])[] =>
  tableNames.flatMap((table) => readTable(trace, table));

const readTable = <T extends TableName>(trace: RolloutTrace, table: T) => {
  // A row of schema 1 has nothing to refer to that one of schema 2 has not.
  const rows = trace[table] as Table<TraceRows<2>[T]>;
  return [...rows].map(([id, row]) => [table, id, referencesOf[table](row)] as const);
};

/**
 * References that name no row and that no diagnostic explains, by naming the id or the row that holds it.
 * Each as `table[row] -> table[id]`.
 */
export const danglingReferences = ({ trace, diagnostics, unresolved }: Reduction): readonly string[] => {
  const explained = new Set([...diagnostics, ...unresolved].map(({ entity }) => entity));
  return referencesByRow(trace).flatMap(([table, id, references]) =>
    references
      .filter((reference) => !trace[reference.to].has(reference.id))
      .filter((reference) => !explained.has(id) && !explained.has(nameOf(reference)))
      .map((reference) => `${table}[${id}] -> ${reference.to}[${reference.id}]`),
  );
};

/** What a diagnostic calls a missing row: a code cell that nobody started has only its runtime handle. */
const nameOf = ({ id }: Reference): string => /^code_cell:\(unknown (.*)\)$/s.exec(id)?.[1] ?? id;
