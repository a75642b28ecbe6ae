import type { EventSource } from '../facts/event-source.js';
import { problem, type Report } from '../facts/problems.js';
import type { CodeCellId, CodexTurnId, ThreadId } from '../model/ids.js';
import { setIn } from '../facts/keys.js';
import { defineProjection } from './projection.js';

interface CellHandlesState {
  /** By thread and handle: handles repeat across threads, and after a restart. */
  readonly cells: Map<ThreadId, Map<string, CodeCellId>>;
  /** For events that name a turn only. */
  readonly threadOfTurn: Map<CodexTurnId, ThreadId>;
}

/**
 * The one bridge between two namespaces: the runtime's handle of a cell, unique in its thread only, and
 * the id of the graph, made from the call by which the model wrote the cell. Owns no field.
 */
export const cellHandles = defineProjection({
  name: 'cellHandles',
  reads: [
    'turn_appeared',
    'thread_restarted',
    'code_cell_started',
    'code_cell_initial_response',
    'code_cell_ended',
  ],
  learns: ['cell_bound', 'cell_start_requested', 'cell_responded', 'cell_ended'],
  initial: (): CellHandlesState => ({ cells: new Map(), threadOfTurn: new Map() }),
  step(state, fact, emit) {
    const { at } = fact;
    if (fact.type === 'turn_appeared') {
      state.threadOfTurn.set(fact.codex_turn_id, fact.thread_id);
      return;
    }
    if (fact.type === 'thread_restarted') {
      state.cells.delete(fact.thread_id);
      return;
    }
    const { runtime_cell_id } = fact.body;
    const event = eventNames[fact.type];
    const thread_id = threadOf(state, at, `${event} ${runtime_cell_id}`, emit);
    if (thread_id === undefined) return;
    if (fact.type === 'code_cell_started') {
      const { model_visible_call_id, source_js } = fact.body;
      const code_cell_id = `code_cell:${model_visible_call_id}`;
      const bound = state.cells.get(thread_id)?.get(runtime_cell_id);
      if (bound !== undefined && bound !== code_cell_id) {
        const message = `runtime code cell ${runtime_cell_id} in thread ${thread_id} mapped to both ${bound} and ${code_cell_id}`;
        emit(problem(at, 'code_cell_handle_conflict', runtime_cell_id, message));
      } else {
        setIn(state.cells, thread_id, runtime_cell_id, code_cell_id);
        emit({ type: 'cell_bound', at, thread_id, runtime_cell_id, code_cell_id });
      }
      const codex_turn_id = at.turn;
      const start = {
        code_cell_id,
        runtime_cell_id,
        model_visible_call_id,
        thread_id,
        codex_turn_id,
        source_js,
      };
      emit({ type: 'cell_start_requested', at, ...start });
      return;
    }
    const code_cell_id = state.cells.get(thread_id)?.get(runtime_cell_id);
    if (code_cell_id === undefined) {
      const message = `${event} referenced unknown runtime cell ${runtime_cell_id} in thread ${thread_id}`;
      emit(problem(at, 'code_cell_unknown', runtime_cell_id, message));
      return;
    }
    const { status, response_payload } = fact.body;
    const raw_payload_id = response_payload?.raw_payload_id ?? null;
    emit(
      fact.type === 'code_cell_initial_response'
        ? { type: 'cell_responded', at, code_cell_id, runtime_cell_id, status, raw_payload_id }
        : { type: 'cell_ended', at, code_cell_id, status, raw_payload_id },
    );
  },
});

const eventNames = {
  code_cell_started: 'code cell start',
  code_cell_initial_response: 'code cell initial response',
  code_cell_ended: 'code cell end',
} as const;

/** The envelope names the thread, or a turn that does. Whether that thread exists is asked later. */
const threadOf = (
  state: CellHandlesState,
  at: EventSource,
  subject: string,
  report: Report,
): ThreadId | undefined => {
  if (at.thread !== null) return at.thread;
  if (at.turn === null) {
    report(problem(at, 'context_missing', null, `${subject} did not include a thread id`));
    return undefined;
  }
  const thread = state.threadOfTurn.get(at.turn);
  if (thread === undefined) {
    report(problem(at, 'turn_unknown', at.turn, `${subject} referenced unknown codex turn ${at.turn}`));
  }
  return thread;
};
