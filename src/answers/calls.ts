import type { TokenUsage } from '../model/conversation.js';
import type { ExecutionWindow } from '../model/execution.js';
import type { CodexTurnId, ThreadId } from '../model/ids.js';
import type { RolloutTrace } from '../model/rollout-trace.js';

/** Tables with what an agent waits for. */
export const callTables = ['inference_calls', 'compaction_requests', 'tool_calls', 'code_cells'] as const;
export type CallTable = (typeof callTables)[number];

/** What a live view counts of one row. */
export interface Call {
  readonly table: CallTable;
  readonly id: string;
  readonly thread: ThreadId;
  readonly turn: CodexTurnId | null;
  /** It runs, and so does its turn: the end of a call that was given up is not always recorded. */
  readonly isOpen: boolean;
  /** The tool gave its result, and its command runs on. */
  readonly isBackground: boolean;
  readonly hasFailed: boolean;
  readonly usage: TokenUsage | null;
}

/** Reads a few rows, whatever the size of the trace. */
export const callOf = (trace: RolloutTrace, table: CallTable, id: string): Call | undefined => {
  switch (table) {
    case 'inference_calls': {
      const row = trace.inference_calls.get(id);
      return row && { ...basicsOf(trace, table, id, row, row.codex_turn_id), usage: row.usage };
    }
    case 'compaction_requests': {
      const row = trace.compaction_requests.get(id);
      return row && basicsOf(trace, table, id, row, row.codex_turn_id);
    }
    case 'code_cells': {
      const row = trace.code_cells.get(id);
      // A tool of the cell, or the cell's own call, is what failed.
      return row && { ...basicsOf(trace, table, id, row, row.codex_turn_id), hasFailed: false };
    }
    case 'tool_calls': {
      const row = trace.tool_calls.get(id);
      if (!row) return undefined;
      const basics = basicsOf(trace, table, id, row, row.started_by_codex_turn_id);
      const operation = trace.terminal_operations.get(row.terminal_operation_id ?? '')?.execution;
      return {
        ...basics,
        isBackground: isEnded(row.execution) && operation !== undefined && !isEnded(operation),
        hasFailed: basics.hasFailed || operation?.status === 'failed',
      };
    }
  }
};

const basicsOf = (
  trace: RolloutTrace,
  table: CallTable,
  id: string,
  { thread_id, execution }: { readonly thread_id: ThreadId; readonly execution: ExecutionWindow },
  turn: CodexTurnId | null,
): Call => {
  const turnRow = trace.codex_turns.get(turn ?? '');
  const isOver = turnRow !== undefined && turnRow.thread_id === thread_id && isEnded(turnRow.execution);
  return {
    table,
    id,
    thread: thread_id,
    turn,
    isOpen: !isEnded(execution) && !isOver,
    isBackground: false,
    hasFailed: execution.status === 'failed',
    usage: null,
  };
};

export const isEnded = ({ status }: Pick<ExecutionWindow, 'status'>): boolean => status !== 'running';
