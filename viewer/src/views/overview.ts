import {
  glance,
  type Counts,
  type Problem,
  type RolloutTrace,
  type ThreadGlance,
  type TokenUsage,
  type Unresolved,
} from 'rollout-trace';
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
  /** Of the last event that has a time: a line that is torn has none. */
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
  const { threads: glances, counts } = glance(trace);
  const threads = asTree(glances.map((each) => threadRow(trace, each, failures)));
  return {
    at,
    rollout: trace.rollout_id,
    status: trace.status,
    isComplete: trace.schema_version === 2 ? trace.recording_complete : null,
    started: Number(trace.started_at_unix_ms),
    latest: events.timeOf(at) ?? Number(trace.started_at_unix_ms),
    ended: asTime(trace.ended_at_unix_ms),
    models: [...new Set(glances.flatMap(({ models }) => models))],
    root: trace.root_thread_id,
    threads,
    tokens: callTokens(counts),
    counts: {
      turns: counts.turns,
      items: trace.conversation_items.size,
      tools: counts.tool_calls,
      cells: counts.code_cells,
      terminals: trace.terminal_sessions.size,
      compactions: counts.compactions,
    },
    problems: diagnostics.map((problem) => {
      const { seq: _, ...rest } = problem;
      return { ...rest, event: problemEvent(moment, problem) };
    }),
    unresolved: unresolved.map((waiting) => unresolvedRow(moment, waiting)),
    failures,
  };
};

export const unresolvedRow = (
  { events }: Moment,
  { kind, entity, waitsFor, since }: Unresolved,
): UnresolvedRow => ({ kind, entity, waitsFor, event: events.numberOf(since.seq) });

/** The line of the log is the number of its event; 0 where a problem is of neither. */
export const problemEvent = ({ events }: Moment, { line, seq }: Problem): number =>
  line ?? (seq === null ? 0 : events.numberOf(seq));

export const tokensOf = (usage: TokenUsage): Omit<Tokens, 'calls'> => ({
  input: Number(usage.input_tokens),
  cached: Number(usage.cached_input_tokens),
  output: Number(usage.output_tokens),
  reasoning: Number(usage.reasoning_output_tokens),
});

const callTokens = ({ inference_calls: calls, usage }: Counts): Tokens => ({ calls, ...tokensOf(usage) });

const threadRow = (
  trace: RolloutTrace,
  { thread_id: id, execution, counts, models, ...row }: ThreadGlance,
  failures: readonly Failure[],
): Omit<ThreadRow, 'depth'> => ({
  id,
  path: row.agent_path,
  nickname: row.nickname,
  parent: row.parent_thread_id,
  status: execution.status,
  model: models.join(', ') || null,
  started: Number(execution.started_at_unix_ms),
  ended: asTime(execution.ended_at_unix_ms),
  turns: counts.turns,
  items: trace.threads.get(id)?.conversation_item_ids.length ?? 0,
  tools: counts.tool_calls,
  failures: failures.filter(({ thread }) => thread === id).length,
  tokens: callTokens(counts),
});

/** Children behind their parents, in the order that they have. One whose parent is not there is a root. */
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
    const next = (children.get(row.id) ?? []).toReversed();
    open.push(...next.map((child) => ({ ...child, depth: depth + 1 })));
  }
  return tree;
};
