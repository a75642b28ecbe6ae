import type { CodeCellRuntimeStatus, ExecutionWindow, TraceAnchor } from 'rollout-trace';
import { operationLine, toolLabel } from './labels.js';
import type { ObjectRef } from 'rollout-trace';
import { shortened, type Moment, type Outcome } from './moment.js';

export const tracks = ['turn', 'inference', 'tool', 'cell', 'terminal', 'compaction'] as const;
export type Track = (typeof tracks)[number];

/** Something with a beginning and maybe an end, in time and in events. */
export interface Span {
  readonly ref: ObjectRef;
  readonly track: Track;
  /** Row inside of its track: spans of one row do not overlap. */
  readonly row: number;
  /** Unix milliseconds; null where it has no end yet. */
  readonly started: number;
  readonly ended: number | null;
  /** Numbers of events; 0 where it has no end yet. */
  readonly first: number;
  readonly last: number;
  readonly status: Outcome;
  readonly label: string;
  /** Whether JavaScript of a code cell asked for it. */
  readonly isNested: boolean;
}

/** All that one thread did. */
export interface Lane {
  readonly thread: string;
  readonly spans: readonly Span[];
  /** Rows of each track. */
  readonly rows: Readonly<Record<Track, number>>;
}

/** Something that went from one agent to another. */
export interface Arrow {
  readonly ref: ObjectRef;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly started: number;
  readonly ended: number | null;
  readonly first: number;
  readonly last: number;
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly arrows: readonly Arrow[];
}

export const timelineOf = (moment: Moment): Timeline => {
  const spans = new Map<string, Omit<Span, 'row'>[]>();
  for (const id of moment.trace.threads.keys()) spans.set(id, []);
  for (const [thread, span] of spansOf(moment)) {
    const known = spans.get(thread);
    if (known) known.push(span);
    else spans.set(thread, [span]);
  }
  return { lanes: [...spans].map(([thread, own]) => laneOf(thread, own)), arrows: arrowsOfThreads(moment) };
};

type Loose = readonly [thread: string, span: Omit<Span, 'row'>];

function* spansOf({ trace, events }: Moment): Generator<Loose, void, undefined> {
  const numberOf = (seq: number | bigint | null): number => (seq === null ? 0 : events.numberOf(seq));
  const span = (
    track: Track,
    ref: ObjectRef,
    execution: ExecutionWindow,
    label: string,
    { status = execution.status, isNested = false }: { status?: Outcome; isNested?: boolean } = {},
  ): Omit<Span, 'row'> => ({
    ref,
    track,
    started: Number(execution.started_at_unix_ms),
    ended: execution.ended_at_unix_ms === null ? null : Number(execution.ended_at_unix_ms),
    first: numberOf(execution.started_seq),
    last: numberOf(execution.ended_seq),
    status,
    label,
    isNested,
  });
  for (const [id, turn] of trace.codex_turns) {
    yield [turn.thread_id, span('turn', { table: 'codex_turns', id }, turn.execution, 'turn')];
  }
  for (const [id, call] of trace.inference_calls) {
    yield [call.thread_id, span('inference', { table: 'inference_calls', id }, call.execution, call.model)];
  }
  for (const [id, call] of trace.tool_calls) {
    const code = trace.terminal_operations.get(call.terminal_operation_id ?? '')?.result?.exit_code ?? 0;
    yield [
      call.thread_id,
      span('tool', { table: 'tool_calls', id }, call.execution, toolLabel(trace, call), {
        status: code === 0 ? call.execution.status : 'failed',
        isNested: call.requester.type === 'code_cell',
      }),
    ];
  }
  for (const [id, cell] of trace.code_cells) {
    const label = shortened(cell.source_js.slice(0, 240), 120);
    const status = cellOutcome(cell.runtime_status);
    yield [cell.thread_id, span('cell', { table: 'code_cells', id }, cell.execution, label, { status })];
  }
  for (const [id, terminal] of trace.terminal_sessions) {
    const first = trace.terminal_operations.get(terminal.created_by_operation_id);
    const label = first ? operationLine(first) : 'terminal';
    const last = trace.terminal_operations.get(terminal.operation_ids.at(-1) ?? '')?.execution;
    // No event tells the end of a terminal: what was seen of it ends with its last operation.
    const window = {
      ...terminal.execution,
      ended_seq: last?.ended_seq ?? null,
      ended_at_unix_ms: last?.ended_at_unix_ms ?? null,
    };
    yield [terminal.thread_id, span('terminal', { table: 'terminal_sessions', id }, window, label)];
  }
  for (const [id, compaction] of trace.compactions) {
    const at = compaction.installed_at_unix_ms;
    const [number = 0] = events.naming(id).slice(-1);
    const execution: ExecutionWindow = {
      started_at_unix_ms: at,
      ended_at_unix_ms: at,
      started_seq: 0,
      ended_seq: 0,
      status: 'completed',
    };
    const made = span('compaction', { table: 'compactions', id }, execution, 'compaction');
    yield [compaction.thread_id, { ...made, first: number, last: number }];
  }
}

const cellOutcome = (status: CodeCellRuntimeStatus): Outcome => {
  if (status === 'failed' || status === 'completed') return status;
  return status === 'terminated' ? 'aborted' : 'running';
};

const laneOf = (thread: string, loose: readonly Omit<Span, 'row'>[]): Lane => {
  const ends: Record<Track, number[]> = {
    turn: [],
    inference: [],
    tool: [],
    cell: [],
    terminal: [],
    compaction: [],
  };
  const inOrder = loose.toSorted((a, b) => a.first - b.first);
  const spans = inOrder.map((span): Span => {
    const rows = ends[span.track];
    const free = rows.findIndex((end) => end <= span.first);
    const row = free === -1 ? Math.min(rows.length, MOST_ROWS - 1) : free;
    rows[row] = span.last === 0 ? Infinity : span.last;
    return { ...span, row };
  });
  const rows = { turn: 0, inference: 0, tool: 0, cell: 0, terminal: 0, compaction: 0 };
  for (const track of tracks) rows[track] = ends[track].length;
  return { thread, spans, rows };
};

/** Beyond so many things at once they are drawn over each other. */
const MOST_ROWS = 6;

export const arrowsOfThreads = (moment: Moment): readonly Arrow[] =>
  [...moment.trace.interaction_edges].flatMap(([id, edge]): readonly Arrow[] => {
    const [from, to] = [threadOf(moment, edge.source), threadOf(moment, edge.target)];
    if (from === undefined || to === undefined) return [];
    const started = Number(edge.started_at_unix_ms);
    const ended = edge.ended_at_unix_ms === null ? null : Number(edge.ended_at_unix_ms);
    const first = numberAt(moment, started);
    const last = ended === null ? first : numberAt(moment, ended);
    return [
      { ref: { table: 'interaction_edges', id }, kind: edge.kind, from, to, started, ended, first, last },
    ];
  });

const threadOf = ({ trace }: Moment, anchor: TraceAnchor): string | undefined => {
  switch (anchor.type) {
    case 'thread':
      return anchor.thread_id;
    case 'tool_call':
      return trace.tool_calls.get(anchor.tool_call_id)?.thread_id;
    case 'conversation_item':
      return trace.conversation_items.get(anchor.item_id)?.thread_id;
  }
};

/** The first event at or behind a time. */
const numberAt = ({ events, at }: Moment, time: number): number => {
  let [low, high] = [1, at];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events.timeOf(middle) ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
