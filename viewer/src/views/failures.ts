import type { ObjectRef } from 'rollout-trace';
import { toolLine, toolName } from './labels.js';
import { asNumber, type Moment } from './moment.js';

/** Something that did not go well, and the event that said so. */
export interface Failure {
  readonly ref: ObjectRef;
  readonly thread: string;
  readonly label: string;
  readonly reason: string;
  /** Number of the event. */
  readonly event: number;
}

/** All that failed, was given up or ended with an exit code other than 0, in the order of the events. */
export const failuresOf = ({ trace, events }: Moment): readonly Failure[] => {
  const failures: Failure[] = [];
  const numberOf = (seq: number | bigint | null): number => (seq === null ? 0 : events.numberOf(seq));
  for (const [id, call] of trace.inference_calls) {
    const { status, ended_seq } = call.execution;
    if (status !== 'failed' && status !== 'cancelled' && status !== 'aborted') continue;
    failures.push({
      ref: { table: 'inference_calls', id },
      thread: call.thread_id,
      label: `request to ${call.model}`,
      reason: status,
      event: numberOf(ended_seq),
    });
  }
  for (const [id, call] of trace.tool_calls) {
    const operation = trace.terminal_operations.get(call.terminal_operation_id ?? '');
    const code = operation?.result?.exit_code ?? null;
    const isOver = call.execution.status !== 'running' && call.execution.status !== 'completed';
    if (!isOver && (code === null || code === 0)) continue;
    failures.push({
      ref: { table: 'tool_calls', id },
      thread: call.thread_id,
      label: `${toolName(call.kind)}: ${toolLine(trace, call)}`,
      reason: code === null || code === 0 ? call.execution.status : `exit code ${code}`,
      event: numberOf(operation?.execution.ended_seq ?? call.execution.ended_seq),
    });
  }
  for (const [id, cell] of trace.code_cells) {
    if (cell.runtime_status !== 'failed' && cell.runtime_status !== 'terminated') continue;
    failures.push({
      ref: { table: 'code_cells', id },
      thread: cell.thread_id,
      label: 'code cell',
      reason: cell.runtime_status,
      event: numberOf(cell.execution.ended_seq),
    });
  }
  for (const [id, turn] of trace.codex_turns) {
    const { status, ended_seq } = turn.execution;
    if (status === 'running' || status === 'completed') continue;
    failures.push({
      ref: { table: 'codex_turns', id },
      thread: turn.thread_id,
      label: 'turn',
      reason: status,
      event: numberOf(ended_seq),
    });
  }
  return failures.sort((a, b) => asNumber(a.event) - asNumber(b.event));
};
