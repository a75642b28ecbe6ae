import type { EventSource } from '../facts/event-source.js';
import type { RawFactOf } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import { unreachable } from '../facts/unreachable.js';
import { insert, patch } from '../facts/writes.js';
import type { InferenceCall } from '../model/conversation.js';
import { endedAt, runningSince, type ExecutionStatus, type ExecutionWindow } from '../model/execution.js';
import type { CodexTurnId, InferenceCallId, ThreadId } from '../model/ids.js';
import { defineProjection, type Emit } from './projection.js';

interface KnownCall {
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  /** Only the first end closes the window; a later one may still bring a response. */
  window: ExecutionWindow;
}

interface InferenceState {
  readonly calls: Map<InferenceCallId, KnownCall>;
  /** Calls that the end of their turn would close. */
  readonly runningByTurn: Map<CodexTurnId, Set<InferenceCallId>>;
}

/**
 * Owns the runtime side of inference calls: their window and provider ids. What was exchanged with the
 * model (item ids, usage) belongs to the conversation, which reads the payloads.
 */
export const inference = defineProjection({
  name: 'inference',
  reads: [
    'inference_started',
    'inference_completed',
    'inference_failed',
    'inference_cancelled',
    'turn_ended',
  ],
  learns: ['inference_opened', 'inference_answered'],
  initial: (): InferenceState => ({ calls: new Map(), runningByTurn: new Map() }),
  step(state, fact, emit) {
    switch (fact.type) {
      case 'inference_started':
        open(state, fact, emit);
        return;
      case 'inference_completed':
        answer(state, fact, 'completed', fact.body.response_id ?? null, emit);
        return;
      case 'inference_failed':
        answer(state, fact, 'failed', null, emit);
        return;
      case 'inference_cancelled':
        answer(state, fact, 'cancelled', null, emit);
        return;
      case 'turn_ended': {
        const status = statusAfterTurn[fact.status];
        if (status === 'running') return;
        for (const id of state.runningByTurn.get(fact.codex_turn_id) ?? []) {
          const call = state.calls.get(id);
          if (call) close(state, fact.at, id, call, status, emit);
        }
        return;
      }
      default:
        return unreachable(fact);
    }
  },
});

/** A response that comes after its turn completed was no longer wanted: hence cancelled. */
const statusAfterTurn: Readonly<Record<ExecutionStatus, ExecutionStatus>> = {
  running: 'running',
  completed: 'cancelled',
  cancelled: 'cancelled',
  failed: 'failed',
  aborted: 'aborted',
};

type InferenceEmit = Emit<'inference_opened' | 'inference_answered'>;

const open = (
  state: InferenceState,
  { at, body, payload }: RawFactOf<'inference_started'>,
  emit: InferenceEmit,
): void => {
  const { inference_call_id, thread_id, codex_turn_id, model, provider_name } = body;
  if (state.calls.has(inference_call_id)) {
    const message = `duplicate inference start for ${inference_call_id}`;
    emit(problem(at, 'inference_duplicate', inference_call_id, message));
    return;
  }
  const window = runningSince(at);
  state.calls.set(inference_call_id, { thread_id, codex_turn_id, window });
  const running = state.runningByTurn.get(codex_turn_id);
  if (running) running.add(inference_call_id);
  else state.runningByTurn.set(codex_turn_id, new Set([inference_call_id]));
  emit(
    insert('inference_calls', inference_call_id, {
      inference_call_id,
      thread_id,
      codex_turn_id,
      execution: window,
      model,
      provider_name,
      response_id: null,
      upstream_request_id: null,
      request_item_ids: [],
      response_item_ids: [],
      tool_call_ids_started_by_response: [],
      usage: null,
      raw_request_payload_id: body.request_payload.raw_payload_id,
      raw_response_payload_id: null,
    }),
  );
  if (payload) {
    emit({ type: 'inference_opened', at, inference_call_id, thread_id, codex_turn_id, payload });
  }
};

const answer = (
  state: InferenceState,
  fact: RawFactOf<'inference_completed' | 'inference_failed' | 'inference_cancelled'>,
  status: ExecutionStatus,
  response_id: string | null,
  emit: InferenceEmit,
): void => {
  const { at, body, payload } = fact;
  const id = body.inference_call_id;
  const call = state.calls.get(id);
  if (!call) {
    emit(problem(at, 'inference_unknown', id, `inference completion referenced unknown call ${id}`));
    return;
  }
  // Every end says anew what the response id is; what an end does not carry stays as it was.
  const news: { -readonly [F in keyof InferenceCall]?: InferenceCall[F] } = { response_id };
  if (typeof body.upstream_request_id === 'string') news.upstream_request_id = body.upstream_request_id;
  if (payload) news.raw_response_payload_id = payload.ref.raw_payload_id;
  emit(patch('inference_calls', id, news));
  if (call.window.status === 'running') close(state, at, id, call, status, emit);
  const { thread_id, codex_turn_id } = call;
  emit({
    type: 'inference_answered',
    at,
    inference_call_id: id,
    thread_id,
    codex_turn_id,
    response_id,
    payload,
  });
};

const close = (
  state: InferenceState,
  at: EventSource,
  id: InferenceCallId,
  call: KnownCall,
  status: ExecutionStatus,
  emit: InferenceEmit,
): void => {
  call.window = endedAt(call.window, at, status);
  state.runningByTurn.get(call.codex_turn_id)?.delete(id);
  emit(patch('inference_calls', id, { execution: call.window }));
};
