import { keyOf } from '../facts/keys.js';
import type { FactOf } from '../facts/facts.js';
import { unreachable } from '../facts/unreachable.js';
import { patch } from '../facts/writes.js';
import type { CodeCellId, ToolCallId } from '../model/ids.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { defineProjection, type Emit } from './projection.js';

interface CellCallersState {
  /** The calls of the model, by thread and call id, each with what it turned out to be so far. */
  readonly calls: Map<string, { readonly tool: ToolCallId; isExec: boolean }>;
  readonly keyOfTool: Map<ToolCallId, string>;
  /** Cells that started, by the same key. */
  readonly cells: Map<string, CodeCellId>;
}

/**
 * Owns the link from the tool `exec` to the cell that it started: both come of the same call of the model.
 * It holds as long as the tool is one, whatever comes first.
 */
export const cellCallers = defineProjection({
  name: 'cellCallers',
  reads: ['tool_started', 'tool_runtime_started', 'cell_started'],
  learns: [],
  initial: (): CellCallersState => ({ calls: new Map(), keyOfTool: new Map(), cells: new Map() }),
  step(state, fact, emit) {
    switch (fact.type) {
      case 'tool_started':
        call(state, fact, emit);
        return;
      case 'tool_runtime_started': {
        const key = state.keyOfTool.get(fact.tool_call_id);
        if (key !== undefined) revise(state, key, isExec(fact.kind), emit);
        return;
      }
      case 'cell_started': {
        const key = keyOf(fact.thread_id, fact.model_visible_call_id);
        state.cells.set(key, fact.code_cell_id);
        linkCall(state, key, emit);
        return;
      }
      default:
        return unreachable(fact);
    }
  },
});

const isExec = (kind: ToolCallKind): boolean => kind.type === 'other' && kind.name === 'exec';

const call = (state: CellCallersState, fact: FactOf<'tool_started'>, emit: Emit<never>): void => {
  const { tool_call_id: tool, model_visible_call_id, thread_id, requester, kind } = fact;
  if (model_visible_call_id === null || requester.type !== 'model') return;
  const key = keyOf(thread_id, model_visible_call_id);
  if (state.calls.has(key)) return;
  state.keyOfTool.set(tool, key);
  state.calls.set(key, { tool, isExec: isExec(kind) });
  linkCall(state, key, emit);
};

/** The runtime may correct what a tool is. */
const revise = (state: CellCallersState, key: string, execNow: boolean, emit: Emit<never>): void => {
  const known = state.calls.get(key);
  if (!known || known.isExec === execNow) return;
  known.isExec = execNow;
  if (execNow) linkCall(state, key, emit);
  else emit(patch('tool_calls', known.tool, { started_code_cell_id: undefined }));
};

const linkCall = (state: CellCallersState, key: string, emit: Emit<never>): void => {
  const known = state.calls.get(key);
  const started_code_cell_id = state.cells.get(key);
  if (!known?.isExec || started_code_cell_id === undefined) return;
  emit(patch('tool_calls', known.tool, { started_code_cell_id }));
};
