import type { EventSource } from '../facts/event-source.js';
import type { RawFactOf } from '../facts/facts.js';
import { problem, readPayload } from '../facts/problems.js';
import { unreachable } from '../facts/unreachable.js';
import { insert, patch } from '../facts/writes.js';
import { endedAt, runningSince, type ExecutionWindow } from '../model/execution.js';
import type { AgentPath, CodexTurnId, ThreadId } from '../model/ids.js';
import { readSessionMetadata, threadIdentity, type ThreadIdentity } from '../payloads/session-metadata.js';
import { defineProjection, type Emit } from './projection.js';

interface LifecycleState {
  /** To tell known threads, and to close a window that was opened by an earlier event. */
  readonly threads: Map<ThreadId, { window: ExecutionWindow; standIn: boolean }>;
  /** To check that a turn belongs to the thread that an event names. */
  readonly turns: Map<CodexTurnId, { thread: ThreadId; window: ExecutionWindow; standIn: boolean }>;
  /** A stand-in for the root gets the root's path. */
  root: ThreadId | null;
}

type LifecycleEmit = Emit<'thread_appeared' | 'thread_restarted' | 'turn_appeared' | 'turn_ended'>;

/**
 * Owns the header, threads and turns, and the rule that every object belongs to a known thread and turn.
 * Where the log lost a start, a stand-in keeps the rest of the graph connected.
 */
export const lifecycle = defineProjection({
  name: 'lifecycle',
  reads: [
    'rollout_started',
    'rollout_ended',
    'thread_started',
    'thread_ended',
    'thread_resumed',
    'codex_turn_started',
    'codex_turn_ended',
    'inference_started',
    'compaction_request_started',
    'compaction_installed',
    'tool_call_started',
    'history_item_accepted',
    'recording_completed',
    'other',
  ],
  learns: ['thread_appeared', 'thread_restarted', 'turn_appeared', 'turn_ended'],
  initial: (): LifecycleState => ({ threads: new Map(), turns: new Map(), root: null }),
  step(state, fact, emit) {
    const { at } = fact;
    switch (fact.type) {
      case 'rollout_started': {
        const { trace_id, root_thread_id } = fact.body;
        state.root = root_thread_id;
        emit({ type: 'set_header', fields: { trace_id, root_thread_id } });
        return;
      }
      case 'rollout_ended':
        emit({ type: 'set_header', fields: { status: fact.body.status, ended_at_unix_ms: at.time } });
        return;
      case 'thread_started':
        startThread(state, fact, emit);
        return;
      case 'thread_ended':
        endThread(state, fact, emit);
        return;
      case 'thread_resumed':
        resumeThread(state, fact, emit);
        return;
      case 'codex_turn_started':
        startTurn(state, at, fact.body.codex_turn_id, fact.body.thread_id, emit);
        return;
      case 'codex_turn_ended':
        endTurn(state, fact, emit);
        return;
      case 'inference_started': {
        const { inference_call_id, thread_id, codex_turn_id } = fact.body;
        knowTurn(state, at, `inference start ${inference_call_id}`, thread_id, codex_turn_id, emit);
        return;
      }
      case 'compaction_request_started': {
        const { compaction_request_id, thread_id, codex_turn_id } = fact.body;
        knowTurn(state, at, `compaction request ${compaction_request_id}`, thread_id, codex_turn_id, emit);
        return;
      }
      case 'compaction_installed':
        placeInstall(state, fact, emit);
        return;
      case 'tool_call_started':
        placeTool(state, at, fact.body.tool_call_id, emit);
        return;
      case 'history_item_accepted':
        if (at.thread !== null) knowThread(state, at, at.thread, emit);
        else emit(problem(at, 'context_missing', fact.body.item_id, 'history acceptance has no thread'));
        return;
      case 'recording_completed':
        emit({ type: 'set_header', fields: { recording_complete: true } });
        return;
      case 'other': {
        const { kind } = fact.body;
        emit(problem(at, 'event_unsupported', null, `an event of the unknown kind ${kind} has no reduction`));
        return;
      }
      default:
        return unreachable(fact);
    }
  },
});

const startThread = (
  state: LifecycleState,
  { at, body, payload }: RawFactOf<'thread_started'>,
  emit: LifecycleEmit,
): void => {
  const known = state.threads.get(body.thread_id);
  if (known && !known.standIn) {
    emit(problem(at, 'thread_duplicate', body.thread_id, `duplicate thread start for ${body.thread_id}`));
    return;
  }
  const metadata = payload && readPayload(payload, emit);
  const session = metadata && readSessionMetadata(metadata);
  if (session && 'issue' in session) {
    const message = `session metadata ${metadata.ref.raw_payload_id} of thread ${body.thread_id}: ${session.issue}`;
    emit(problem(at, 'thread_metadata_invalid', body.thread_id, message));
  }
  const identity = threadIdentity(
    body.thread_id,
    body.agent_path,
    session && 'data' in session ? session.data : null,
  );
  addThread(state, at, body.thread_id, identity, known !== undefined, emit);
};

/** A real start that comes after its stand-in takes over the row and keeps what it gathered. */
const addThread = (
  state: LifecycleState,
  at: EventSource,
  id: ThreadId,
  identity: ThreadIdentity,
  replacesStandIn: boolean,
  emit: LifecycleEmit,
): void => {
  const window = runningSince(at);
  state.threads.set(id, { window, standIn: false });
  const { agent_path, nickname, origin, default_model } = identity;
  emit(
    replacesStandIn
      ? patch('threads', id, { agent_path, nickname, origin, default_model, execution: window })
      : insert('threads', id, {
          thread_id: id,
          agent_path,
          nickname,
          origin,
          execution: window,
          default_model,
          conversation_item_ids: [],
        }),
  );
  emit({ type: 'thread_appeared', at, thread_id: id, agent_path });
};

const endThread = (
  state: LifecycleState,
  { at, body }: RawFactOf<'thread_ended'>,
  emit: LifecycleEmit,
): void => {
  knowThread(state, at, body.thread_id, emit);
  const thread = state.threads.get(body.thread_id);
  if (thread === undefined) return;
  thread.window = endedAt(thread.window, at, body.status);
  emit(patch('threads', body.thread_id, { execution: thread.window }));
};

const resumeThread = (
  state: LifecycleState,
  { at, body: { thread_id } }: RawFactOf<'thread_resumed'>,
  emit: LifecycleEmit,
): void => {
  const thread = state.threads.get(thread_id);
  if (!thread) {
    knowThread(state, at, thread_id, emit);
  } else if (thread.window.ended_seq === null) {
    emit(problem(at, 'thread_not_ended', thread_id, `resumed thread ${thread_id} has not ended`));
  } else {
    const { started_at_unix_ms, started_seq } = thread.window;
    thread.window = runningSince({ time: started_at_unix_ms, seq: started_seq });
    emit(patch('threads', thread_id, { execution: thread.window }));
    emit({ type: 'thread_restarted', at, thread_id });
  }
};

/** Path of a thread whose start is not in the log. */
const UNKNOWN_PATH: AgentPath = '(unknown)';

const knowThread = (state: LifecycleState, at: EventSource, id: ThreadId, emit: LifecycleEmit): void => {
  if (state.threads.has(id)) return;
  emit(problem(at, 'thread_unknown', id, `trace event referenced unknown thread ${id}`));
  const agent_path = id === state.root ? '/root' : UNKNOWN_PATH;
  const identity = { agent_path, nickname: null, origin: { type: 'root' }, default_model: null } as const;
  addThread(state, at, id, identity, false, emit);
  state.threads.set(id, { window: runningSince(at), standIn: true });
};

const startTurn = (
  state: LifecycleState,
  at: EventSource,
  id: CodexTurnId,
  thread: ThreadId,
  emit: LifecycleEmit,
): void => {
  const known = state.turns.get(id);
  if (known && !known.standIn) {
    emit(problem(at, 'turn_duplicate', id, `duplicate codex turn start for ${id}`));
    return;
  }
  knowThread(state, at, thread, emit);
  addTurn(state, at, id, thread, false, emit);
};

const addTurn = (
  state: LifecycleState,
  at: EventSource,
  id: CodexTurnId,
  thread: ThreadId,
  standIn: boolean,
  emit: LifecycleEmit,
): void => {
  const window = runningSince(at);
  state.turns.set(id, { thread, window, standIn });
  emit(
    insert('codex_turns', id, {
      codex_turn_id: id,
      thread_id: thread,
      execution: window,
      input_item_ids: [],
    }),
  );
  emit({ type: 'turn_appeared', at, codex_turn_id: id, thread_id: thread });
};

/** Demands that `thread` and `turn` are known and belong together. */
const knowTurn = (
  state: LifecycleState,
  at: EventSource,
  subject: string,
  thread: ThreadId,
  turn: CodexTurnId,
  emit: LifecycleEmit,
): void => {
  knowThread(state, at, thread, emit);
  const known = state.turns.get(turn);
  if (!known) {
    emit(problem(at, 'turn_unknown', turn, `${subject} referenced unknown codex turn ${turn}`));
    addTurn(state, at, turn, thread, true, emit);
  } else if (known.thread !== thread) {
    const message = `${subject} used thread ${thread}, but codex turn ${turn} belongs to ${known.thread}`;
    emit(problem(at, 'turn_of_other_thread', turn, message));
  }
};

const endTurn = (
  state: LifecycleState,
  { at, body }: RawFactOf<'codex_turn_ended'>,
  emit: LifecycleEmit,
): void => {
  const id = body.codex_turn_id;
  const known = state.turns.get(id);
  if (!known) {
    emit(problem(at, 'turn_unknown', id, `codex turn end referenced unknown turn ${id}`));
    if (at.thread === null) return;
    knowThread(state, at, at.thread, emit);
    addTurn(state, at, id, at.thread, true, emit);
  } else if (at.thread !== null && known.thread !== at.thread) {
    const message = `codex turn end for ${id} used thread ${at.thread}, but the turn belongs to ${known.thread}`;
    emit(problem(at, 'turn_of_other_thread', id, message));
  }
  const turn = state.turns.get(id);
  if (!turn) return;
  turn.window = endedAt(turn.window, at, body.status);
  emit(patch('codex_turns', id, { execution: turn.window }));
  emit({ type: 'turn_ended', at, codex_turn_id: id, status: body.status });
};

/** An installed compaction takes both its thread and its turn from the envelope. */
const placeInstall = (
  state: LifecycleState,
  { at, body }: RawFactOf<'compaction_installed'>,
  emit: LifecycleEmit,
): void => {
  const subject = `compaction install ${body.compaction_id}`;
  if (at.thread !== null && at.turn !== null) {
    knowTurn(state, at, subject, at.thread, at.turn, emit);
    return;
  }
  const missing = at.thread === null ? 'thread' : 'codex turn';
  emit(problem(at, 'context_missing', body.compaction_id, `${subject} did not include a ${missing} id`));
};

/** A tool takes its thread from the envelope, or from the turn of the envelope. */
const placeTool = (state: LifecycleState, at: EventSource, tool: string, emit: LifecycleEmit): void => {
  const thread = at.thread ?? (at.turn === null ? undefined : state.turns.get(at.turn)?.thread);
  if (thread === undefined) {
    const [code, why] =
      at.turn === null
        ? (['context_missing', 'did not include a thread or a codex turn'] as const)
        : (['turn_unknown', `referenced unknown codex turn ${at.turn}`] as const);
    emit(problem(at, code, tool, `tool call start ${tool} ${why}`));
    return;
  }
  if (at.turn === null) knowThread(state, at, thread, emit);
  else knowTurn(state, at, `tool call start ${tool}`, thread, at.turn, emit);
};
