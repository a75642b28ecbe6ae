import type { CodexTurnId, ThreadId } from '../../model/ids.js';
import { later, type WireInteger } from '../../model/integers.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import type { AgentThread, CodexTurn } from '../../model/session.js';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import { callOf, callTables, isEnded, type Call, type CallTable } from '../../answers/calls.js';

/** What a live view shows of a session. Made of the one before it, by the rows that changed. */
export interface SessionView {
  readonly snapshot: TailSnapshot;
  /** Why the session was read again, if it was, and not only in this snapshot. */
  readonly restarted: TailSnapshot['restart'];
  readonly threads: ReadonlyMap<ThreadId, ThreadView>;
}

export interface ThreadView {
  /** Undefined while the trace knows only work of the thread. */
  readonly row: AgentThread | undefined;
  readonly turns: number;
  readonly openTurns: ReadonlyMap<CodexTurnId, CodexTurn>;
  /** What the agent waits for. */
  readonly open: ReadonlyMap<string, Call>;
  /** Commands that run on behind their tool. */
  readonly background: number;
  /** Of all its calls to the model. */
  readonly tokens: Tokens;
  /** Calls to the model and tools that failed. */
  readonly failed: number;
  /** When its last turn ended, in Unix milliseconds. */
  readonly restingSince: WireInteger | null;
}

export interface Tokens {
  readonly input: bigint;
  /** A part of the input. */
  readonly cached: bigint;
  readonly output: bigint;
}

/** Reads the rows that changed, as they were and as they are, and no others. */
export const update = (view: SessionView | undefined, snapshot: TailSnapshot): SessionView => {
  const known = snapshot.restart === null ? view : undefined;
  const before = known?.snapshot.trace;
  const { trace, changes } = snapshot;
  const threads = new Map(known?.threads);
  const drafts = new Map<ThreadId, Draft>();
  const draftOf = (id: ThreadId): Draft => {
    const draft = drafts.get(id) ?? draftFrom(threads.get(id));
    drafts.set(id, draft);
    return draft;
  };

  for (const id of changes.get('threads') ?? []) draftOf(id).row = trace.threads.get(id);
  const endedTurns = new Map<CodexTurnId | null, ThreadId>();
  for (const id of changes.get('codex_turns') ?? []) {
    const [was, is] = [before?.codex_turns.get(id), trace.codex_turns.get(id)];
    if (was) removeTurn(draftOf(was.thread_id), id);
    if (is) addTurn(draftOf(is.thread_id), id, is);
    if (is && isEnded(is.execution)) endedTurns.set(id, is.thread_id);
  }
  for (const [table, id] of changedCalls(snapshot, before)) {
    const [was, is] = [before && callOf(before, table, id), callOf(trace, table, id)];
    if (was) count(draftOf(was.thread), was, -1);
    if (is) count(draftOf(is.thread), is, 1);
  }
  for (const [id, draft] of drafts) {
    // With a turn ends all that waited in it.
    for (const [key, { turn }] of draft.open) if (endedTurns.get(turn) === id) draft.open.delete(key);
    threads.set(id, draft);
  }
  return { snapshot, threads, restarted: snapshot.restart ?? view?.restarted ?? null };
};

/** A thread of the view while it is made: changed in place, so that many changes at once cost one copy. */
interface Draft extends Mutable<ThreadView> {
  readonly openTurns: Map<CodexTurnId, CodexTurn>;
  readonly open: Map<string, Call>;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const draftFrom = (thread: ThreadView | undefined): Draft => ({
  ...(thread ?? NEW_THREAD),
  openTurns: new Map(thread?.openTurns),
  open: new Map(thread?.open),
});

const NEW_THREAD = {
  row: undefined,
  turns: 0,
  background: 0,
  tokens: { input: 0n, cached: 0n, output: 0n },
  failed: 0,
  restingSince: null,
} satisfies Partial<ThreadView>;

/** Each call once: a tool changes with its operation too. */
function* changedCalls(
  { trace, changes }: TailSnapshot,
  before: RolloutTrace | undefined,
): Generator<readonly [CallTable, string], void, undefined> {
  const tools = new Set(changes.get('tool_calls'));
  for (const id of changes.get('terminal_operations') ?? []) {
    const operation = trace.terminal_operations.get(id) ?? before?.terminal_operations.get(id);
    if (operation) tools.add(operation.tool_call_id);
  }
  for (const table of callTables) {
    for (const id of table === 'tool_calls' ? tools : (changes.get(table) ?? [])) yield [table, id];
  }
}

const removeTurn = (thread: Draft, id: CodexTurnId): void => {
  thread.turns -= 1;
  thread.openTurns.delete(id);
};

const addTurn = (thread: Draft, id: CodexTurnId, turn: CodexTurn): void => {
  const { ended_at_unix_ms } = turn.execution;
  thread.turns += 1;
  if (!isEnded(turn.execution)) thread.openTurns.set(id, turn);
  else if (ended_at_unix_ms !== null) {
    thread.restingSince = later(thread.restingSince ?? ended_at_unix_ms, ended_at_unix_ms);
  }
};

/** Counts a call; or, with -1, takes it out of the count. */
const count = (thread: Draft, call: Call, sign: 1 | -1): void => {
  const key = `${call.table} ${call.id}`;
  if (call.isOpen && sign === 1) thread.open.set(key, call);
  else thread.open.delete(key);
  if (call.isBackground) thread.background += sign;
  if (call.hasFailed) thread.failed += sign;
  if (!call.usage) return;
  const by = BigInt(sign);
  thread.tokens = {
    input: thread.tokens.input + by * BigInt(call.usage.input_tokens),
    cached: thread.tokens.cached + by * BigInt(call.usage.cached_input_tokens),
    output: thread.tokens.output + by * BigInt(call.usage.output_tokens),
  };
};
