import type {
  CodeCellId,
  EdgeId,
  TerminalId,
  TerminalOperationId,
  ThreadId,
  ToolCallId,
} from '../model/ids.js';
import type { TableName, TraceRows } from '../model/rollout-trace.js';
import type { Relation } from './links.js';
import { anchored, isSameObject, producerOf, threadSeen, type Look, type ObjectRef } from './objects.js';

export type Say = (relation: Relation, from: ObjectRef, to: ObjectRef) => void;
type Ids = readonly (string | null | undefined)[];

/** Calls `say` with all that a row says, each thing once: what another row says as well is left to one of them. */
export const readLinks = <T extends TableName>(look: Look, table: T, id: string, say: Say): void => {
  const row = look(table, id);
  if (row) readers[table](row, { table, id }, look, say);
};

type Reader<T extends TableName> = (row: TraceRows<2>[T], self: ObjectRef, look: Look, say: Say) => void;

const refs = (table: TableName, ids: Ids): readonly ObjectRef[] =>
  ids.flatMap((id) => (typeof id === 'string' ? [{ table, id }] : []));

const sayAll = (say: Say, relation: Relation, from: ObjectRef, table: TableName, ...ids: Ids): void => {
  for (const to of refs(table, ids)) say(relation, from, to);
};
const sayBack = (say: Say, relation: Relation, to: ObjectRef, table: TableName, ...ids: Ids): void => {
  for (const from of refs(table, ids)) say(relation, from, to);
};

const readers: { readonly [T in TableName]: Reader<T> } = {
  threads({ origin }, self, look, say) {
    if (origin.type !== 'spawned') return;
    sayBack(say, 'spawn_edge_id', self, 'interaction_edges', origin.spawn_edge_id);
    // The edge leads to the parent. It may be missing where the delivery never showed.
    if (isThere(look, 'interaction_edges', origin.spawn_edge_id)) return;
    sayBack(say, 'parent_thread_id', self, 'threads', origin.parent_thread_id);
  },
  codex_turns: ({ thread_id }, self, _, say) => sayBack(say, 'thread_id', self, 'threads', thread_id),
  conversation_items(row, self, look, say) {
    if (isThere(look, 'codex_turns', row.codex_turn_id ?? '')) {
      sayBack(say, 'codex_turn_id', self, 'codex_turns', row.codex_turn_id);
    } else sayBack(say, 'thread_id', self, 'threads', row.thread_id);
    for (const producer of row.produced_by) say('produced_by', producerOf(producer), self);
    for (const part of row.body.parts) {
      if ('raw_payload_id' in part) sayAll(say, 'body', self, 'raw_payloads', part.raw_payload_id);
    }
  },
  inference_calls(row, self, look, say) {
    sayBack(say, 'codex_turn_id', self, 'codex_turns', row.codex_turn_id);
    sayProduced(look, say, 'response_item_ids', self, row.response_item_ids);
    const tools = row.tool_call_ids_started_by_response;
    sayAll(say, 'tool_call_ids_started_by_response', self, 'tool_calls', ...tools);
    sayAll(say, 'raw_request_payload_id', self, 'raw_payloads', row.raw_request_payload_id);
    sayAll(say, 'raw_response_payload_id', self, 'raw_payloads', row.raw_response_payload_id);
  },
  code_cells(row, self, look, say) {
    sayBack(say, 'codex_turn_id', self, 'codex_turns', row.codex_turn_id);
    sayBack(say, 'source_item_id', self, 'conversation_items', row.source_item_id);
    sayProduced(look, say, 'output_item_ids', self, row.output_item_ids);
    const nested = row.nested_tool_call_ids.filter((id) => callerOf(look, id) !== self.id);
    sayAll(say, 'nested_tool_call_ids', self, 'tool_calls', ...nested);
    sayAll(say, 'wait_tool_call_ids', self, 'tool_calls', ...row.wait_tool_call_ids);
    sayAll(say, 'raw_initial_response_payload_id', self, 'raw_payloads', row.raw_initial_response_payload_id);
    sayAll(say, 'raw_result_payload_id', self, 'raw_payloads', row.raw_result_payload_id);
  },
  tool_calls(row, self, look, say) {
    sayBack(say, 'started_by_codex_turn_id', self, 'codex_turns', row.started_by_codex_turn_id);
    sayBack(say, 'requester', self, 'code_cells', callerOf(look, self.id));
    const [calls, outputs] = [row.model_visible_call_item_ids, row.model_visible_output_item_ids];
    sayBack(say, 'model_visible_call_item_ids', self, 'conversation_items', ...calls);
    sayProduced(look, say, 'model_visible_output_item_ids', self, outputs);
    sayAll(say, 'terminal_operation_id', self, 'terminal_operations', row.terminal_operation_id);
    sayAll(say, 'started_code_cell_id', self, 'code_cells', row.started_code_cell_id);
    sayAll(say, 'raw_invocation_payload_id', self, 'raw_payloads', row.raw_invocation_payload_id);
    sayAll(say, 'raw_runtime_payload_ids', self, 'raw_payloads', ...row.raw_runtime_payload_ids);
    sayAll(say, 'raw_result_payload_id', self, 'raw_payloads', row.raw_result_payload_id);
  },
  terminal_sessions(row, self, look, say) {
    const { created_by_operation_id: first } = row;
    sayBack(say, 'created_by_operation_id', self, 'terminal_operations', first);
    const others = row.operation_ids.filter((id) => id !== first && !usesTerminal(look, id, self.id));
    sayAll(say, 'operation_ids', self, 'terminal_operations', ...others);
  },
  terminal_operations(row, self, look, say) {
    const { tool_call_id, terminal_id } = row;
    if (look('tool_calls', tool_call_id)?.terminal_operation_id !== self.id) {
      sayBack(say, 'tool_call_id', self, 'tool_calls', tool_call_id);
    }
    if (look('terminal_sessions', terminal_id ?? '')?.created_by_operation_id !== self.id) {
      sayBack(say, 'terminal_id', self, 'terminal_sessions', terminal_id);
    }
    for (const { call_item_ids, output_item_ids } of row.model_observations) {
      sayBack(say, 'call_item_ids', self, 'conversation_items', ...call_item_ids);
      sayAll(say, 'output_item_ids', self, 'conversation_items', ...output_item_ids);
    }
    sayAll(say, 'raw_payload_ids', self, 'raw_payloads', ...row.raw_payload_ids);
  },
  compactions(row, self, look, say) {
    sayBack(say, 'codex_turn_id', self, 'codex_turns', row.codex_turn_id);
    sayBack(say, 'request_ids', self, 'compaction_requests', ...row.request_ids);
    sayBack(say, 'input_item_ids', self, 'conversation_items', ...row.input_item_ids);
    sayProduced(look, say, 'marker_item_id', self, [row.marker_item_id]);
    sayProduced(look, say, 'replacement_item_ids', self, row.replacement_item_ids);
  },
  compaction_requests(row, self, look, say) {
    sayBack(say, 'codex_turn_id', self, 'codex_turns', row.codex_turn_id);
    // An installed compaction lists its requests.
    if (!isThere(look, 'compactions', row.compaction_id)) {
      sayAll(say, 'compaction_id', self, 'compactions', row.compaction_id);
    }
    sayAll(say, 'raw_request_payload_id', self, 'raw_payloads', row.raw_request_payload_id);
    sayAll(say, 'raw_response_payload_id', self, 'raw_payloads', row.raw_response_payload_id);
  },
  interaction_edges(row, self, look, say) {
    const [source, target] = [anchored(row.source), anchored(row.target)];
    say('source', source, self);
    if (source.table !== 'threads') {
      sayBack(say, 'source_thread', self, 'threads', threadSeen(look, source));
    }
    say('target', self, target);
    const recipient = threadSeen(look, target);
    if (target.table !== 'threads' && spawnOf(look, recipient) !== self.id) {
      sayAll(say, 'target_thread', self, 'threads', recipient);
    }
    const others = row.carried_item_ids.filter((id) => id !== target.id);
    sayAll(say, 'carried_item_ids', self, 'conversation_items', ...others);
    sayAll(say, 'carried_raw_payload_ids', self, 'raw_payloads', ...row.carried_raw_payload_ids);
  },
  raw_payloads: () => undefined,
};

/** Of items whose own row does not say so. */
const sayProduced = (
  look: Look,
  say: Say,
  relation: Relation,
  producer: ObjectRef,
  items: readonly string[],
): void => {
  for (const id of items) {
    const producers = look('conversation_items', id)?.produced_by.map(producerOf) ?? [];
    if (producers.some((each) => isSameObject(each, producer))) continue;
    say(relation, producer, { table: 'conversation_items', id });
  }
};

const isThere = (look: Look, table: TableName, id: string): boolean => look(table, id) !== undefined;

const callerOf = (look: Look, tool: ToolCallId): CodeCellId | null => {
  const requester = look('tool_calls', tool)?.requester;
  return requester?.type === 'code_cell' ? requester.code_cell_id : null;
};

const usesTerminal = (look: Look, operation: TerminalOperationId, terminal: TerminalId): boolean =>
  look('terminal_operations', operation)?.terminal_id === terminal;

const spawnOf = (look: Look, thread: ThreadId | null): EdgeId | null => {
  const origin = look('threads', thread ?? '')?.origin;
  return origin?.type === 'spawned' ? origin.spawn_edge_id : null;
};
