import { describe, it } from 'vitest';
import {
  at,
  inferenceCancelled,
  inferenceCompleted,
  inferenceFailed,
  inferenceStarted,
  payloadOf,
} from '../../test/helpers/facts.js';
import { given, inserted } from '../../test/helpers/given.js';
import { inferenceAnswered, inferenceOpened, turnOver } from '../../test/helpers/learned.js';
import { insert, patch } from '../facts/writes.js';
import { endedAt, runningSince } from '../model/execution.js';
import { inference } from './inference.js';

const request = payloadOf({ input: [] }, 'P1');
const response = payloadOf({ output_items: [] }, 'P2');
const I1 = inferenceStarted({ payload: request });
const sinceStart = runningSince(at());

describe('an inference call', () => {
  it('opens with its request', () => {
    given(inference)
      .when(I1)
      .thenWrites(
        insert('inference_calls', 'I1', {
          inference_call_id: 'I1',
          thread_id: 'T1',
          codex_turn_id: 'U1',
          execution: sinceStart,
          model: 'gpt-test',
          provider_name: 'test-provider',
          response_id: null,
          upstream_request_id: null,
          request_item_ids: [],
          response_item_ids: [],
          tool_call_ids_started_by_response: [],
          usage: null,
          raw_request_payload_id: 'P1',
          raw_response_payload_id: null,
        }),
      )
      .thenLearns(inferenceOpened({ payload: request }));
  });

  it('keeps its first start', () => {
    given(inference)
      .after(I1)
      .when(inferenceStarted({ thread_id: 'T2' }))
      .thenReports({ code: 'inference_duplicate', entity: 'I1' })
      .thenWrites()
      .thenLearns();
  });

  it('completes with the ids of its response and of the transport', () => {
    given(inference)
      .after(I1)
      .when(inferenceCompleted({ upstream_request_id: 'req-1', payload: response, seq: 2 }))
      .thenWrites(
        patch('inference_calls', 'I1', {
          response_id: 'resp-1',
          upstream_request_id: 'req-1',
          raw_response_payload_id: 'P2',
        }),
        patch('inference_calls', 'I1', { execution: endedAt(sinceStart, at({ seq: 2 }), 'completed') }),
      )
      .thenLearns(inferenceAnswered({ response_id: 'resp-1', payload: response, seq: 2 }));
  });

  it.each([
    ['failed', inferenceFailed({ seq: 2 })],
    ['cancelled', inferenceCancelled({ seq: 2 })],
  ] as const)('that %s has no response id, and what its end does not say stays', (status, end) => {
    given(inference)
      .after(I1)
      .when(end)
      .thenWrites(
        patch('inference_calls', 'I1', { response_id: null }),
        patch('inference_calls', 'I1', { execution: endedAt(sinceStart, at({ seq: 2 }), status) }),
      )
      .thenLearns(inferenceAnswered({ seq: 2 }));
  });

  it('that failed keeps the part of the response that came', () => {
    given(inference)
      .after(I1)
      .when(inferenceFailed({ payload: response }))
      .thenLearns(inferenceAnswered({ payload: response }));
  });

  it('keeps its first end, but takes the response of a later one', () => {
    given(inference)
      .after(I1, inferenceFailed({ seq: 2 }))
      .when(inferenceCompleted({ payload: response, seq: 3 }))
      .thenWrites(patch('inference_calls', 'I1', { response_id: 'resp-1', raw_response_payload_id: 'P2' }))
      .thenLearns(inferenceAnswered({ response_id: 'resp-1', payload: response, seq: 3 }));
  });

  it('loses its response id to a later end without one', () => {
    given(inference)
      .after(I1, inferenceCompleted())
      .when(inferenceCancelled())
      .thenWrites(patch('inference_calls', 'I1', { response_id: null }));
  });

  it('that nothing started is left out', () => {
    given(inference)
      .when(inferenceCompleted())
      .thenReports({ code: 'inference_unknown', entity: 'I1' })
      .thenWrites()
      .thenLearns();
  });
});

describe('the end of a turn', () => {
  it.each([
    ['completed', 'cancelled'],
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    ['aborted', 'aborted'],
  ] as const)('that %s leaves its running calls %s', (turn, call) => {
    given(inference)
      .after(I1)
      .when(turnOver({ status: turn, seq: 5 }))
      .thenWrites(patch('inference_calls', 'I1', { execution: endedAt(sinceStart, at({ seq: 5 }), call) }));
  });

  it('that says it is running ends no call', () => {
    given(inference)
      .after(I1)
      .when(turnOver({ status: 'running' }))
      .thenNothing();
  });

  it('ends no call of another turn and none that ended before', () => {
    const other = inferenceStarted({ inference_call_id: 'I2', codex_turn_id: 'U2' });
    given(inference).after(I1, other, inferenceCompleted()).when(turnOver()).thenNothing();
  });

  it('ends every call that runs in the turn, in the order of their starts', () => {
    const execution = endedAt(sinceStart, at(), 'failed');
    given(inference)
      .after(inferenceStarted({ inference_call_id: 'I2' }), I1)
      .when(turnOver({ status: 'failed' }))
      .thenWrites(
        patch('inference_calls', 'I2', { execution }),
        patch('inference_calls', 'I1', { execution }),
      );
  });

  it('lets a response that comes later in, with the status of the turn', () => {
    given(inference)
      .after(I1, turnOver())
      .when(inferenceCompleted({ payload: response }))
      .thenWrites(patch('inference_calls', 'I1', { response_id: 'resp-1', raw_response_payload_id: 'P2' }));
  });

  it('is forgotten when a call starts after it', () => {
    given(inference)
      .after(turnOver())
      .when(I1)
      .thenWrites(inserted('inference_calls', 'I1', { execution: sinceStart }));
  });
});
