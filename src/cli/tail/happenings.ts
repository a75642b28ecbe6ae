import { formatProblem } from '../../errors/trace-error.js';
import type { ExecutionWindow } from '../../model/execution.js';
import type { ThreadId } from '../../model/ids.js';
import type { WireInteger } from '../../model/integers.js';
import type { RolloutTrace, TableName, TraceRows } from '../../model/rollout-trace.js';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import { operationText, toolText } from './doing.js';
import { isEnded } from '../../answers/calls.js';
import { oneLine } from '../words.js';

/** One thing that happened. */
interface Happening {
  readonly seq: WireInteger;
  /** Unix milliseconds. */
  readonly time: WireInteger;
  readonly text: string;
}

/**
 * What happened between two snapshots of a session, one plain line for each thing, in the order of the log.
 * Reads the rows that changed, and those that they point to.
 */
export const happenings = (before: TailSnapshot | undefined, snapshot: TailSnapshot): readonly string[] => {
  const known = snapshot.restart === null ? before : undefined;
  const told = [
    ...rowHappenings(known?.trace, snapshot, 'threads', threadTexts),
    ...rowHappenings(known?.trace, snapshot, 'codex_turns', turnTexts),
    ...rowHappenings(known?.trace, snapshot, 'inference_calls', inferenceTexts),
    ...rowHappenings(known?.trace, snapshot, 'compaction_requests', compactionTexts),
    ...rowHappenings(known?.trace, snapshot, 'code_cells', cellTexts),
    ...rowHappenings(known?.trace, snapshot, 'tool_calls', toolTexts),
    ...rowHappenings(known?.trace, snapshot, 'terminal_operations', operationTexts),
  ].toSorted((a, b) => (a.seq < b.seq ? -1 : a.seq > b.seq ? 1 : 0));
  return [
    ...(snapshot.restart === null ? [] : [`read again from the start: the log was ${snapshot.restart}`]),
    ...told.map(({ time, text }) => `${timeText(time)} ${text}`),
    ...problemTexts(known, snapshot),
    ...sessionTexts(known?.trace, snapshot.trace),
  ];
};

/** What is said of the start and of the end of a row; undefined where there is nothing worth a line. */
interface Texts {
  readonly thread: ThreadId | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

const rowHappenings = <Name extends Exclude<TableName, 'conversation_items' | 'compactions' | UnplacedTable>>(
  before: RolloutTrace | undefined,
  { trace, changes }: TailSnapshot,
  table: Name,
  textsOf: (row: TraceRows[Name], trace: RolloutTrace) => Texts,
): readonly Happening[] =>
  (changes.get(table) ?? []).flatMap((id) => {
    // A table of a trace has the rows of its name, also in a union of schemas.
    const row = trace[table].get(id) as TraceRows[Name] | undefined;
    if (!row) return [];
    const was = before?.[table].get(id)?.execution;
    const { thread, start, end } = textsOf(row, trace);
    const by = agentText(trace, thread);
    return [
      ...(was || start === undefined ? [] : [started(row.execution, `${by}: ${start}`)]),
      ...((was && isEnded(was)) || end === undefined ? [] : ended(row.execution, `${by}: ${end}`)),
    ];
  });

/** Tables whose rows have no time in which they run. */
type UnplacedTable = 'terminal_sessions' | 'interaction_edges' | 'raw_payloads';

const started = (window: ExecutionWindow, text: string): Happening => ({
  seq: window.started_seq,
  time: window.started_at_unix_ms,
  text,
});

const ended = (window: ExecutionWindow, text: string): readonly Happening[] =>
  window.ended_seq === null || window.ended_at_unix_ms === null
    ? []
    : [{ seq: window.ended_seq, time: window.ended_at_unix_ms, text }];

const threadTexts = ({ thread_id, execution, origin }: TraceRows['threads'], trace: RolloutTrace): Texts => ({
  thread: thread_id,
  start: origin.type === 'root' ? 'started' : `started by ${agentText(trace, origin.parent_thread_id)}`,
  end: `ended${unlessCompleted(execution)}`,
});

const turnTexts = ({ thread_id, execution }: TraceRows['codex_turns']): Texts => ({
  thread: thread_id,
  start: 'turn started',
  end: `turn ended${unlessCompleted(execution)}`,
});

const inferenceTexts = ({ thread_id, execution, model, usage }: TraceRows['inference_calls']): Texts => ({
  thread: thread_id,
  start: `asked ${oneLine(model)}`,
  end:
    execution.status === 'completed'
      ? `${oneLine(model)} answered${usage ? `: ${usage.input_tokens} tokens in, ${usage.output_tokens} out` : ''}`
      : `call to ${oneLine(model)} ended${unlessCompleted(execution)}`,
});

const compactionTexts = ({ thread_id, execution }: TraceRows['compaction_requests']): Texts => ({
  thread: thread_id,
  start: 'compaction started',
  end: `compaction ended${unlessCompleted(execution)}`,
});

const cellTexts = ({ thread_id, execution }: TraceRows['code_cells']): Texts => ({
  thread: thread_id,
  start: 'code cell started',
  end: `code cell ended${unlessCompleted(execution)}`,
});

/** Commands are told by their operations. */
const toolTexts = (row: TraceRows['tool_calls'], trace: RolloutTrace): Texts => {
  const { thread_id, execution, kind, terminal_operation_id } = row;
  if (terminal_operation_id !== null) return { thread: thread_id };
  const text = toolText(trace, row);
  // What a command is becomes known behind the start of its tool.
  const isCommand = kind.type === 'exec_command' || kind.type === 'write_stdin';
  return {
    thread: thread_id,
    start: isCommand ? undefined : text,
    end: `finished ${text}${unlessCompleted(execution)}`,
  };
};

const operationTexts = (row: TraceRows['terminal_operations'], trace: RolloutTrace): Texts => {
  const code = row.result?.exit_code ?? null;
  const text = operationText(trace, row);
  return {
    thread: trace.tool_calls.get(row.tool_call_id)?.thread_id,
    start: text,
    end: `finished ${text}${code === null ? unlessCompleted(row.execution) : `: exit code ${code}`}`,
  };
};

const unlessCompleted = ({ status }: ExecutionWindow): string =>
  status === 'completed' ? '' : `: ${status}`;

const agentText = (trace: RolloutTrace, thread: ThreadId | undefined): string => {
  const path = trace.threads.get(thread ?? '')?.agent_path ?? '';
  return oneLine(path === '' ? (thread ?? 'unknown agent') : path);
};

/** Problems that were not there before; the list says when it is another one. */
const problemTexts = (before: TailSnapshot | undefined, { diagnostics }: TailSnapshot): readonly string[] => {
  if (diagnostics === before?.diagnostics) return [];
  const known = new Set(before?.diagnostics.map(formatProblem));
  return diagnostics
    .map((problem) => formatProblem(problem))
    .filter((text) => !known.has(text))
    .map((text) => `problem: ${oneLine(text)}`);
};

const sessionTexts = (before: RolloutTrace | undefined, trace: RolloutTrace): readonly string[] => {
  const isComplete = (of: RolloutTrace | undefined): boolean =>
    of?.schema_version === 2 && of.recording_complete;
  const { status, ended_at_unix_ms } = trace;
  const hasEnded = isEnded(trace) && status !== before?.status && ended_at_unix_ms !== null;
  return [
    ...(hasEnded
      ? [`${timeText(ended_at_unix_ms)} session ended${status === 'completed' ? '' : `: ${status}`}`]
      : []),
    ...(isComplete(trace) && !isComplete(before) ? ['the recording is complete'] : []),
  ];
};

/** In UTC; a number that is no time as it is. */
const timeText = (time: WireInteger): string => {
  const date = new Date(Number(time));
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
};
