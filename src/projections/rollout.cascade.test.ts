import { describe, expect, it } from 'vitest';
import {
  inferenceCompleted,
  inferenceStarted,
  payloadOf,
  protocolEventObserved,
  rolloutEnded,
  rolloutStarted,
  threadEnded,
  threadStarted,
  turnEnded,
  turnStarted,
} from '../../test/helpers/facts.js';
import { reduceFacts } from '../../test/helpers/fold.js';
import { user } from '../../test/helpers/items.js';

const request = payloadOf({ model: 'gpt-test', input: [user('hello')] }, 'P2');
const response = payloadOf({ response_id: 'resp-1', output_items: [] }, 'P3');

describe('a rollout', () => {
  it('is reduced to its end, with its threads, turns, calls and payloads', () => {
    const { trace, diagnostics, unresolved } = reduceFacts(
      rolloutStarted({ trace_id: 'trace-1', root_thread_id: 'T1' }),
      threadStarted({ payload: payloadOf({ source: 'test', model: 'gpt-test' }, 'P1') }),
      turnStarted(),
      inferenceStarted({ payload: request }),
      inferenceCompleted({ payload: response }),
      turnEnded(),
      threadEnded(),
      rolloutEnded(),
    );
    expect(diagnostics).toEqual([]);
    expect(unresolved).toEqual([]);
    expect(trace).toMatchObject({ trace_id: 'trace-1', status: 'completed', ended_at_unix_ms: 1080 });
    expect(trace.threads.get('T1')).toMatchObject({ agent_path: '/root', default_model: 'gpt-test' });
    expect(trace.threads.get('T1')?.execution.status).toBe('completed');
    expect(trace.codex_turns.get('U1')?.execution).toMatchObject({ started_seq: 3, ended_seq: 6 });
    expect(trace.inference_calls.get('I1')).toMatchObject({
      execution: { status: 'completed' },
      response_id: 'resp-1',
      upstream_request_id: null,
      raw_request_payload_id: 'P2',
      raw_response_payload_id: 'P3',
    });
    expect(trace.raw_payloads.keys()).toEqual(['P1', 'P2', 'P3']);
  });

  it('goes on when a child thread ends', () => {
    const { trace } = reduceFacts(
      threadStarted(),
      threadStarted({ thread_id: 'T2', agent_path: '/root/child' }),
      threadEnded({ thread_id: 'T2' }),
    );
    expect(trace.status).toBe('running');
    expect(trace.threads.get('T1')?.execution.status).toBe('running');
    expect(trace.threads.get('T2')?.execution.status).toBe('completed');
  });

  it('keeps the reports of the protocol as evidence alone', () => {
    const { trace } = reduceFacts(protocolEventObserved({ event_type: 'shutdown_complete' }));
    expect(trace.raw_payloads.keys()).toEqual(['P1']);
    expect(trace.threads.size).toBe(0);
  });

  it('may stop anywhere', () => {
    const { trace, diagnostics } = reduceFacts(
      threadStarted(),
      turnStarted(),
      inferenceStarted({ payload: request }),
    );
    expect(diagnostics).toEqual([]);
    expect(trace).toMatchObject({ status: 'running', ended_at_unix_ms: null });
    expect(trace.inference_calls.get('I1')?.execution.status).toBe('running');
  });

  it('connects what follows from a start that the log lost', () => {
    const { trace, diagnostics } = reduceFacts(inferenceStarted({ payload: request }));
    expect(diagnostics.map(({ code }) => code)).toEqual(['thread_unknown', 'turn_unknown']);
    expect(trace.threads.get('T1')?.conversation_item_ids).toEqual(['conversation_item:1']);
    expect(trace.codex_turns.get('U1')?.thread_id).toBe('T1');
    expect(trace.inference_calls.get('I1')?.request_item_ids).toEqual(['conversation_item:1']);
  });

  it('reports a payload that cannot be read once, however many steps ask for it', () => {
    const broken = payloadOf('{', 'P1');
    const { diagnostics } = reduceFacts(
      threadStarted(),
      turnStarted(),
      inferenceStarted({ payload: broken }),
      inferenceStarted({ inference_call_id: 'I2', payload: payloadOf('{', 'P2') }),
    );
    expect(diagnostics.map(({ entity }) => entity)).toEqual(['P1', 'P2']);
  });
});
