import { problem } from '../facts/problems.js';
import type { EventSource } from '../facts/event-source.js';
import { unreachable } from '../facts/unreachable.js';
import { insert, patch } from '../facts/writes.js';
import { compareUtf8 } from '../json/order.js';
import { endedAt, runningSince, type ExecutionStatus, type ExecutionWindow } from '../model/execution.js';
import type { CompactionId, CompactionRequestId } from '../model/ids.js';
import { defineProjection, type Emit } from './projection.js';

interface CompactionsState {
  readonly requests: Map<
    CompactionRequestId,
    { readonly compaction: CompactionId; readonly window: ExecutionWindow }
  >;
  /** Requests that an install will list. */
  readonly requestsOf: Map<CompactionId, CompactionRequestId[]>;
}

/**
 * Owns compaction requests and installed compactions. A request is only evidence; the history changes
 * when a checkpoint is installed, and the conversation says how.
 */
export const compactions = defineProjection({
  name: 'compactions',
  reads: [
    'compaction_request_started',
    'compaction_request_completed',
    'compaction_request_failed',
    'checkpoint_reduced',
  ],
  learns: [],
  initial: (): CompactionsState => ({ requests: new Map(), requestsOf: new Map() }),
  step(state, fact, emit) {
    switch (fact.type) {
      case 'compaction_request_started': {
        const { at, body } = fact;
        const { compaction_request_id: id, compaction_id, thread_id, codex_turn_id } = body;
        if (state.requests.has(id)) {
          const message = `duplicate compaction request start for ${id}`;
          emit(problem(at, 'compaction_request_duplicate', id, message));
          return;
        }
        const window = runningSince(at);
        state.requests.set(id, { compaction: compaction_id, window });
        state.requestsOf.set(compaction_id, [...(state.requestsOf.get(compaction_id) ?? []), id]);
        emit(
          insert('compaction_requests', id, {
            compaction_request_id: id,
            compaction_id,
            thread_id,
            codex_turn_id,
            execution: window,
            model: body.model,
            provider_name: body.provider_name,
            raw_request_payload_id: body.request_payload.raw_payload_id,
            raw_response_payload_id: null,
          }),
        );
        return;
      }
      case 'compaction_request_completed':
        end(state, fact.at, fact.body, 'completed', fact.body.response_payload.raw_payload_id, emit);
        return;
      case 'compaction_request_failed':
        end(state, fact.at, fact.body, 'failed', null, emit);
        return;
      case 'checkpoint_reduced': {
        const { at, compaction_id } = fact;
        emit(
          insert('compactions', compaction_id, {
            compaction_id,
            thread_id: fact.thread_id,
            codex_turn_id: fact.codex_turn_id,
            installed_at_unix_ms: at.time,
            marker_item_id: fact.marker_item_id,
            request_ids: (state.requestsOf.get(compaction_id) ?? []).toSorted(compareUtf8),
            input_item_ids: fact.input_item_ids,
            replacement_item_ids: fact.replacement_item_ids,
          }),
        );
        return;
      }
      default:
        return unreachable(fact);
    }
  },
});

const end = (
  state: CompactionsState,
  at: EventSource,
  ids: { readonly compaction_id: CompactionId; readonly compaction_request_id: CompactionRequestId },
  status: ExecutionStatus,
  raw_response_payload_id: string | null,
  emit: Emit<never>,
): void => {
  const { compaction_id, compaction_request_id: id } = ids;
  const known = state.requests.get(id);
  if (!known) {
    const message = `compaction request completion referenced unknown request ${id}`;
    emit(problem(at, 'compaction_request_unknown', id, message));
    return;
  }
  if (known.compaction !== compaction_id) {
    const message = `compaction request ${id} completion used compaction ${compaction_id}, but start used ${known.compaction}`;
    emit(problem(at, 'compaction_request_mismatch', id, message));
  }
  const execution = endedAt(known.window, at, status);
  emit(patch('compaction_requests', id, { execution, raw_response_payload_id }));
};
