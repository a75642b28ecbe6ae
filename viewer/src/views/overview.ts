import type { Problem, RolloutTrace, TokenUsage } from 'rollout-trace';
import { grouped } from './grouped.js';
import { failuresOf, type Failure } from './failures.js';
import { asTime, type Moment } from './moment.js';

/** Tokens of some calls; `cached` is a part of `input`, `reasoning` one of `output`. */
export interface Tokens {
  readonly calls: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export interface ThreadRow {
  readonly id: string;
  readonly path: string;
  readonly nickname: string | null;
  readonly parent: string | null;
  /** 0 for the root. */
  readonly depth: number;
  readonly status: string;
  readonly model: string | null;
  readonly started: number;
  readonly ended: number | null;
  readonly turns: number;
  readonly items: number;
  readonly tools: number;
  readonly failures: number;
  readonly tokens: Tokens;
}

export interface ProblemRow extends Omit<Problem, 'seq'> {
  /** Number of the event; 0 where it is not known. */
  readonly event: number;
}

export interface UnresolvedRow {
  readonly kind: string;
  readonly entity: string;
  readonly waitsFor: string;
  readonly event: number;
}

/** A session at a glance. */
export interface Overview {
  readonly at: number;
  readonly rollout: string;
  readonly status: string;
  /** Whether the recorder said so; null in a schema that does not say it. */
  readonly isComplete: boolean | null;
  readonly started: number;
  /** Of the last event. */
  readonly latest: number;
  readonly ended: number | null;
  readonly models: readonly string[];
  readonly root: string;
  /** A child stands behind its parent. */
  readonly threads: readonly ThreadRow[];
  readonly tokens: Tokens;
  readonly counts: Readonly<
    Record<'turns' | 'items' | 'tools' | 'cells' | 'terminals' | 'compactions', number>
  >;
  readonly problems: readonly ProblemRow[];
  readonly unresolved: readonly UnresolvedRow[];
  readonly failures: readonly Failure[];
}

export const overviewOf = (moment: Moment): Overview => {
  const { trace, diagnostics, unresolved, events, at } = moment;
  const failures = failuresOf(moment);
  const threads = threadRows(trace, failures);
  const numberOf = (seq: number | bigint | null): number => (seq === null ? 0 : events.numberOf(seq));
  return {
    at,
    rollout: trace.rollout_id,
    status: trace.status,
    isComplete: trace.schema_version === 2 ? trace.recording_complete : null,
    started: Number(trace.started_at_unix_ms),
    latest: events.brief(at)?.time ?? Number(trace.started_at_unix_ms),
    ended: asTime(trace.ended_at_unix_ms),
    models: [...new Set([...trace.inference_calls.values()].map((call) => call.model))],
    root: trace.root_thread_id,
    threads,
    tokens: threads.map(({ tokens }) => tokens).reduce(sum, NONE),
    counts: {
      turns: trace.codex_turns.size,
      items: trace.conversation_items.size,
      tools: trace.tool_calls.size,
      cells: trace.code_cells.size,
      terminals: trace.terminal_sessions.size,
      compactions: trace.compactions.size,
    },
    problems: diagnostics.map(({ seq, ...problem }) => ({
      ...problem,
      event: problem.line ?? numberOf(seq),
    })),
    unresolved: unresolved.map(({ kind, entity, waitsFor, since }) => ({
      kind,
      entity,
      waitsFor,
      event: numberOf(since.seq),
    })),
    failures,
  };
};

const NONE: Tokens = { calls: 0, input: 0, cached: 0, output: 0, reasoning: 0 };

const sum = (a: Tokens, b: Tokens): Tokens => ({
  calls: a.calls + b.calls,
  input: a.input + b.input,
  cached: a.cached + b.cached,
  output: a.output + b.output,
  reasoning: a.reasoning + b.reasoning,
});

export const tokensOf = (usage: TokenUsage | null): Tokens =>
  usage === null
    ? { ...NONE, calls: 1 }
    : {
        calls: 1,
        input: Number(usage.input_tokens),
        cached: Number(usage.cached_input_tokens),
        output: Number(usage.output_tokens),
        reasoning: Number(usage.reasoning_output_tokens),
      };

const threadRows = (trace: RolloutTrace, failures: readonly Failure[]): readonly ThreadRow[] => {
  const tally = <T>(values: Iterable<T>, threadOf: (value: T) => string): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(threadOf(value), (counts.get(threadOf(value)) ?? 0) + 1);
    return counts;
  };
  const turns = tally(trace.codex_turns.values(), (turn) => turn.thread_id);
  const tools = tally(trace.tool_calls.values(), (call) => call.thread_id);
  const failed = tally(failures, (failure) => failure.thread);
  const tokens = new Map<string, Tokens>();
  for (const call of trace.inference_calls.values()) {
    tokens.set(call.thread_id, sum(tokens.get(call.thread_id) ?? NONE, tokensOf(call.usage)));
  }
  const rows = [...trace.threads].map(([id, thread]): Omit<ThreadRow, 'depth'> => ({
    id,
    path: thread.agent_path,
    nickname: thread.nickname,
    parent: thread.origin.type === 'spawned' ? thread.origin.parent_thread_id : null,
    status: thread.execution.status,
    model: thread.default_model,
    started: Number(thread.execution.started_at_unix_ms),
    ended: asTime(thread.execution.ended_at_unix_ms),
    turns: turns.get(id) ?? 0,
    items: thread.conversation_item_ids.length,
    tools: tools.get(id) ?? 0,
    failures: failed.get(id) ?? 0,
    tokens: tokens.get(id) ?? NONE,
  }));
  return asTree(rows);
};

/** Children behind their parents, in the order of their starts. One whose parent is not there is a root. */
const asTree = (rows: readonly Omit<ThreadRow, 'depth'>[]): readonly ThreadRow[] => {
  const known = new Set(rows.map(({ id }) => id));
  const children = grouped(rows, ({ id, parent }) =>
    parent !== null && parent !== id && known.has(parent) ? parent : '',
  );
  const tree: ThreadRow[] = [];
  const open = (children.get('') ?? []).toReversed().map((row) => ({ ...row, depth: 0 }));
  for (let row = open.pop(); row; row = open.pop()) {
    tree.push(row);
    const { depth } = row;
    const next = (children.get(row.id) ?? []).toSorted((a, b) => b.started - a.started);
    open.push(...next.map((child) => ({ ...child, depth: depth + 1 })));
  }
  return tree;
};
