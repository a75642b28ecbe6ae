import type { EventSource } from '../facts/event-source.js';
import type { FactOf } from '../facts/facts.js';
import { problem, type Report } from '../facts/problems.js';
import { eachSighting } from '../facts/sightings.js';
import { insert, link, patch } from '../facts/writes.js';
import { compareUtf8 } from '../json/order.js';
import type { ConversationItem } from '../model/conversation.js';
import {
  type CodeCellRuntimeStatus,
  endedAt,
  runningSince,
  type ExecutionStatus,
  type ExecutionWindow,
} from '../model/execution.js';
import type {
  CodeCellId,
  CodexTurnId,
  ConversationItemId,
  RawPayloadId,
  ThreadId,
  ToolCallId,
} from '../model/ids.js';
import type { CellEvidence } from '../model/runtime.js';
import type { SchemaRules } from '../schemas/rules.js';
import { keyOf, pushTo } from '../facts/keys.js';
import { unreachable } from '../facts/unreachable.js';
import { defineProjection, type Emit } from './projection.js';

interface CodeCellsState {
  readonly cells: Map<CodeCellId, KnownCell>;
  /** Cells that the end of their turn may terminate. */
  readonly cellsOfTurn: Map<CodexTurnId, CodeCellId[]>;
  /** Items with source or output of a cell, by thread and call id, for a start that comes later. */
  readonly sources: Map<string, ConversationItem[]>;
  readonly outputs: Map<string, ConversationItemId[]>;
  /** Outputs of a call id in any thread: one in another thread is linked at its next sighting. */
  readonly outputsOfCall: Map<string, ConversationItemId[]>;
  readonly awaitsSighting: Map<ConversationItemId, CodeCellId>;
  /** Tools whose cell may not have started yet. */
  readonly nestedTools: Map<CodeCellId, ToolCallId[]>;
  readonly threads: Set<ThreadId>;
  readonly threadOfTurn: Map<CodexTurnId, ThreadId>;
}

interface KnownCell {
  window: ExecutionWindow;
  /** What its first response is so far. */
  response: 'none' | 'its end' | 'a response';
  readonly outputs: Set<ConversationItemId>;
  readonly waits: Set<ToolCallId>;
}

type CellsEmit = Emit<'cell_started'>;

/**
 * Owns code cells. It stands behind a gate that holds a cell until the item with its source was seen, so
 * a cell always knows the item that wrote it.
 */
export const codeCells = (rules: SchemaRules) =>
  defineProjection({
    name: 'codeCells',
    reads: [
      'thread_appeared',
      'turn_appeared',
      'turn_ended',
      'items_observed',
      'tool_started',
      'cell_waited',
      'cell_start_requested',
      'cell_responded',
      'cell_ended',
    ],
    learns: ['cell_started'],
    initial: (): CodeCellsState => ({
      cells: new Map(),
      cellsOfTurn: new Map(),
      sources: new Map(),
      outputs: new Map(),
      outputsOfCall: new Map(),
      awaitsSighting: new Map(),
      nestedTools: new Map(),
      threads: new Set(),
      threadOfTurn: new Map(),
    }),
    step(state, fact, emit) {
      switch (fact.type) {
        case 'thread_appeared':
          state.threads.add(fact.thread_id);
          return;
        case 'turn_appeared':
          state.threadOfTurn.set(fact.codex_turn_id, fact.thread_id);
          return;
        case 'turn_ended':
          terminateCells(rules, state, fact, emit);
          return;
        case 'items_observed':
          sightItems(state, fact, emit);
          return;
        case 'tool_started':
          nestTool(state, fact, emit);
          return;
        case 'cell_waited': {
          // Only a cell that has started can be waited for; the original forgets the others too.
          const cell = state.cells.get(fact.code_cell_id);
          if (!cell || cell.waits.has(fact.tool_call_id)) return;
          cell.waits.add(fact.tool_call_id);
          emit(link('code_cells', fact.code_cell_id, 'wait_tool_call_ids', [fact.tool_call_id]));
          return;
        }
        case 'cell_start_requested':
          start(rules, state, fact, emit);
          return;
        case 'cell_responded':
          respond(rules, state, fact, emit);
          return;
        case 'cell_ended':
          end(rules, state, fact, fact.raw_payload_id, emit);
          return;
        default:
          return unreachable(fact);
      }
    },
  });

const start = (
  rules: SchemaRules,
  state: CodeCellsState,
  fact: FactOf<'cell_start_requested'>,
  emit: CellsEmit,
): void => {
  const { at, code_cell_id: id, model_visible_call_id, thread_id } = fact;
  if (state.cells.has(id)) {
    emit(problem(at, 'code_cell_duplicate', id, `duplicate code cell start for ${id}`));
    return;
  }
  const key = keyOf(thread_id, model_visible_call_id);
  const sources = state.sources.get(key) ?? [];
  const [sourceId] = rules.items.gather(sources.map((item) => item.item_id));
  const source = sources.find((item) => item.item_id === sourceId);
  if (!source) return;
  const codex_turn_id = owningTurn(state, fact, source, emit);
  const outputs = rules.items.gather(state.outputs.get(key) ?? []);
  for (const item of state.outputsOfCall.get(model_visible_call_id) ?? []) {
    if (!outputs.includes(item)) state.awaitsSighting.set(item, id);
  }
  const window = runningSince(at);
  state.cells.set(id, { window, response: 'none', outputs: new Set(outputs), waits: new Set() });
  pushTo(state.cellsOfTurn, codex_turn_id, id);
  emit(
    insert('code_cells', id, {
      code_cell_id: id,
      model_visible_call_id,
      thread_id,
      codex_turn_id,
      source_item_id: source.item_id,
      output_item_ids: outputs,
      runtime_cell_id: fact.runtime_cell_id,
      execution: window,
      runtime_status: 'starting',
      initial_response_at_unix_ms: null,
      initial_response_seq: null,
      ...(rules.cells.keepEvidence && noEvidence),
      yielded_at_unix_ms: null,
      yielded_seq: null,
      source_js: fact.source_js,
      nested_tool_call_ids: (state.nestedTools.get(id) ?? []).toSorted(compareUtf8),
      wait_tool_call_ids: [],
    }),
  );
  emit({ type: 'cell_started', at, code_cell_id: id, thread_id, model_visible_call_id });
  for (const item of outputs) emit(producedBy(item, id));
};

/** The turn of a cell must be known and belong to its thread; that of its source stands in for none. */
const owningTurn = (
  state: CodeCellsState,
  fact: FactOf<'cell_start_requested'>,
  source: ConversationItem,
  report: Report,
): CodexTurnId => {
  const { at, code_cell_id: id, thread_id, codex_turn_id: turn } = fact;
  if (turn === null) {
    const message = `code cell start ${id} did not include a codex turn id`;
    report(problem(at, 'code_cell_turn_missing', id, message));
    return source.codex_turn_id ?? '';
  }
  const owner = state.threadOfTurn.get(turn);
  if (!state.threads.has(thread_id)) {
    const message = `code cell start ${id} referenced unknown thread ${thread_id}`;
    report(problem(at, 'thread_unknown', thread_id, message));
  } else if (owner === undefined) {
    const message = `code cell start ${id} referenced unknown codex turn ${turn}`;
    report(problem(at, 'turn_unknown', turn, message));
  } else if (owner !== thread_id) {
    const message = `code cell start ${id} used thread ${thread_id}, but codex turn ${turn} belongs to ${owner}`;
    report(problem(at, 'turn_of_other_thread', turn, message));
  }
  return turn;
};

const noEvidence: CellEvidence = {
  initial_response_status: null,
  raw_initial_response_payload_id: null,
  raw_result_payload_id: null,
};

const respond = (
  rules: SchemaRules,
  state: CodeCellsState,
  fact: FactOf<'cell_responded'>,
  emit: CellsEmit,
): void => {
  const { at, code_cell_id: id, runtime_cell_id, status, raw_payload_id } = fact;
  const cell = state.cells.get(id);
  if (!cell) return;
  // Where the evidence of a response is kept, only a response has one, and an end that came before gives way.
  const isFirst = rules.cells.keepEvidence ? cell.response !== 'a response' : cell.response === 'none';
  const evidence = { initial_response_status: status, raw_initial_response_payload_id: raw_payload_id };
  if (isFirst) cell.response = 'a response';
  emit(
    patch('code_cells', id, {
      runtime_cell_id,
      runtime_status: status,
      ...(isFirst && { ...respondedAt(at), ...(rules.cells.keepEvidence && evidence) }),
      ...(status === 'yielded' && { yielded_at_unix_ms: at.time, yielded_seq: at.seq }),
    }),
  );
};

const end = (
  rules: SchemaRules,
  state: CodeCellsState,
  { at, code_cell_id: id, status }: Pick<FactOf<'cell_ended'>, 'at' | 'code_cell_id' | 'status'>,
  raw_result_payload_id: RawPayloadId | null,
  emit: CellsEmit,
): void => {
  const cell = state.cells.get(id);
  if (!cell) return;
  // A cell that ends without having responded responds by its end.
  const isFirst = cell.response === 'none';
  if (isFirst) cell.response = 'its end';
  cell.window = endedAt(cell.window, at, executionStatus[status]);
  emit(
    patch('code_cells', id, {
      ...(isFirst && respondedAt(at)),
      ...(rules.cells.keepEvidence && { raw_result_payload_id }),
      execution: cell.window,
      runtime_status: status,
    }),
  );
};

const respondedAt = (at: EventSource) => ({
  initial_response_at_unix_ms: at.time,
  initial_response_seq: at.seq,
});

const executionStatus: Readonly<Record<CodeCellRuntimeStatus, ExecutionStatus>> = {
  starting: 'running',
  running: 'running',
  yielded: 'running',
  completed: 'completed',
  failed: 'failed',
  terminated: 'cancelled',
};

/**
 * A cell may outlive a turn that completed; a turn that was interrupted or failed abandons its cells. A
 * cell that still waits for its source is not concerned: it does not exist yet.
 */
const terminateCells = (
  rules: SchemaRules,
  state: CodeCellsState,
  fact: FactOf<'turn_ended'>,
  emit: CellsEmit,
): void => {
  if (fact.status === 'running' || fact.status === 'completed') return;
  const status = fact.status === 'failed' ? 'failed' : 'terminated';
  for (const id of state.cellsOfTurn.get(fact.codex_turn_id) ?? []) {
    if (state.cells.get(id)?.window.status !== 'running') continue;
    end(rules, state, { at: fact.at, code_cell_id: id, status }, null, emit);
  }
};

const sightItems = (state: CodeCellsState, fact: FactOf<'items_observed'>, emit: CellsEmit): void =>
  eachSighting(
    fact,
    state.awaitsSighting,
    (item) => sightNew(state, item, emit),
    (id) => {
      const cell = state.awaitsSighting.get(id);
      state.awaitsSighting.delete(id);
      if (cell !== undefined) addOutput(state, cell, id, emit);
    },
  );

const sightNew = (state: CodeCellsState, item: ConversationItem, emit: CellsEmit): void => {
  if (item.call_id === null) return;
  const key = keyOf(item.thread_id, item.call_id);
  if (item.kind === 'custom_tool_call') pushTo(state.sources, key, item);
  if (item.kind !== 'custom_tool_call_output') return;
  pushTo(state.outputs, key, item.item_id);
  pushTo(state.outputsOfCall, item.call_id, item.item_id);
  addOutput(state, `code_cell:${item.call_id}`, item.item_id, emit);
};

const addOutput = (
  state: CodeCellsState,
  id: CodeCellId,
  item: ConversationItemId,
  emit: CellsEmit,
): void => {
  const cell = state.cells.get(id);
  if (!cell || cell.outputs.has(item)) return;
  cell.outputs.add(item);
  emit(link('code_cells', id, 'output_item_ids', [item]));
  emit(producedBy(item, id));
};

const producedBy = (item: ConversationItemId, code_cell_id: CodeCellId) =>
  link('conversation_items', item, 'produced_by', [{ type: 'code_cell', code_cell_id }]);

const nestTool = (
  state: CodeCellsState,
  { tool_call_id, requester }: FactOf<'tool_started'>,
  emit: CellsEmit,
): void => {
  if (requester.type !== 'code_cell') return;
  const { code_cell_id } = requester;
  pushTo(state.nestedTools, code_cell_id, tool_call_id);
  if (state.cells.has(code_cell_id)) {
    emit(link('code_cells', code_cell_id, 'nested_tool_call_ids', [tool_call_id]));
  }
};
