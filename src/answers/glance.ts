import type { TokenUsage } from '../model/conversation.js';
import type { ExecutionWindow } from '../model/execution.js';
import type { ThreadId } from '../model/ids.js';
import type { RolloutTrace, TableName } from '../model/rollout-trace.js';
import type { AgentThread } from '../model/session.js';
import { callOf, callTables, isEnded } from './calls.js';
import type { ObjectRef } from './objects.js';
import { addUsage, noUsage } from './tally.js';

/** What happened in a session, or in one thread of it. */
export interface Counts {
  readonly turns: number;
  readonly inference_calls: number;
  readonly tool_calls: number;
  readonly code_cells: number;
  readonly compactions: number;
  /** Of all calls to the model, each counted once; a request of a compaction does not say what it took. */
  readonly usage: TokenUsage;
  /** Calls to the model, requests of compactions, tools and turns that failed, in the order of their ids. */
  readonly failed: readonly ObjectRef[];
  /**
   * What still ran when the recording ended. A terminal is left out: no event tells its end; and so is what failed: of
   * a command that was interrupted the exit code is known, though its tool never ended.
   */
  readonly unfinished: readonly ObjectRef[];
}

export interface ThreadGlance {
  readonly thread_id: ThreadId;
  readonly agent_path: string;
  readonly nickname: string | null;
  readonly parent_thread_id: ThreadId | null;
  readonly execution: ExecutionWindow;
  /** Models that answered, or were asked; else the configured one. */
  readonly models: readonly string[];
  /** Of this thread alone, without those that it spawned. */
  readonly counts: Counts;
}

/** A session at a glance. Plain data; integers beyond 2^53 are bigints, as everywhere. */
export interface Glance {
  /** In the order in which they started. */
  readonly threads: readonly ThreadGlance[];
  /** Of all threads. */
  readonly counts: Counts;
}

/** Counts what happened, thread by thread and in all. Reads each row of a call once, and no item. */
export const glance = (trace: RolloutTrace): Glance => {
  const drafts = new Map<ThreadId, Draft>();
  const draftOf = (thread: ThreadId): Draft => {
    const draft = drafts.get(thread) ?? { counts: noCounts(), models: new Set() };
    drafts.set(thread, draft);
    return draft;
  };
  for (const [id, { thread_id, execution }] of trace.codex_turns) {
    const { counts } = draftOf(thread_id);
    counts.turns += 1;
    note(counts, { table: 'codex_turns', id }, execution.status === 'failed', !isEnded(execution));
  }
  for (const table of callTables) {
    for (const id of trace[table].keys()) {
      const call = callOf(trace, table, id);
      if (!call) continue;
      const { counts, models } = draftOf(call.thread);
      if (table !== 'compaction_requests') counts[table] += 1;
      if (call.usage) counts.usage = addUsage(counts.usage, call.usage);
      if (table === 'inference_calls') models.add(trace.inference_calls.get(id)?.model ?? '');
      note(counts, { table, id }, call.hasFailed, call.isBackground || isRunning(trace, table, id));
    }
  }
  for (const { thread_id } of trace.compactions.values()) draftOf(thread_id).counts.compactions += 1;

  const rows = [...trace.threads.values()].toSorted(byStart);
  return {
    threads: rows.map((row) => threadGlance(row, draftOf(row.thread_id))),
    counts: [...drafts.values()].map(({ counts }) => counts).reduce<Counts>(added, noCounts()),
  };
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type CountsDraft = Mutable<Omit<Counts, 'failed' | 'unfinished'>> & {
  readonly failed: ObjectRef[];
  readonly unfinished: ObjectRef[];
};
interface Draft {
  readonly counts: CountsDraft;
  readonly models: Set<string>;
}

const noCounts = (): CountsDraft => ({
  turns: 0,
  inference_calls: 0,
  tool_calls: 0,
  code_cells: 0,
  compactions: 0,
  usage: noUsage,
  failed: [],
  unfinished: [],
});

const note = (counts: CountsDraft, object: ObjectRef, failed: boolean, unfinished: boolean): void => {
  if (failed) counts.failed.push(object);
  else if (unfinished) counts.unfinished.push(object);
};

const isRunning = (
  trace: RolloutTrace,
  table: (typeof callTables)[number] & TableName,
  id: string,
): boolean => {
  const window = trace[table].get(id)?.execution;
  return window !== undefined && !isEnded(window);
};

const byStart = ({ execution: a }: AgentThread, { execution: b }: AgentThread): number =>
  a.started_seq < b.started_seq ? -1 : a.started_seq > b.started_seq ? 1 : 0;

const threadGlance = (row: AgentThread, { counts, models }: Draft): ThreadGlance => ({
  thread_id: row.thread_id,
  agent_path: row.agent_path,
  nickname: row.nickname,
  parent_thread_id: row.origin.type === 'spawned' ? row.origin.parent_thread_id : null,
  execution: row.execution,
  models: models.size > 0 ? [...models] : row.default_model === null ? [] : [row.default_model],
  counts,
});

const added = (a: Counts, b: Counts): Counts => ({
  turns: a.turns + b.turns,
  inference_calls: a.inference_calls + b.inference_calls,
  tool_calls: a.tool_calls + b.tool_calls,
  code_cells: a.code_cells + b.code_cells,
  compactions: a.compactions + b.compactions,
  usage: addUsage(a.usage, b.usage),
  failed: [...a.failed, ...b.failed],
  unfinished: [...a.unfinished, ...b.unfinished],
});
