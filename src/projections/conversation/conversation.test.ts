import { describe, expect, it } from 'vitest';
import { missingPayload, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import { assistant, functionCall, functionOutput, user } from '../../../test/helpers/items.js';
import { inferenceAnswered, inferenceOpened, itemsObserved, responseItemsKnown } from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import { schema1 } from '../../schemas/schema-1.js';
import { conversation } from './conversation.js';

type Opened = Parameters<typeof inferenceOpened>[0];
const request = (input: readonly unknown[], call: Opened = {}) =>
  inferenceOpened({ payload: payloadOf({ input }), ...call });
const incremental = (previous_response_id: string, input: readonly unknown[], call: Opened = {}) =>
  inferenceOpened({ payload: payloadOf({ previous_response_id, input }), ...call });
const response = (output_items: readonly unknown[], call: Parameters<typeof inferenceAnswered>[0] = {}) =>
  inferenceAnswered({ response_id: 'resp-1', payload: payloadOf({ output_items }, 'P2'), ...call });

const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const items = (...ordinals: readonly number[]): string[] => ordinals.map(item);
const seen = (...ordinals: readonly number[]) => expect.objectContaining({ item_ids: items(...ordinals) });
const second: Opened = { inference_call_id: 'I2', codex_turn_id: 'U2' };
const model = given(conversation(schema1));

describe('a full request', () => {
  it('makes items of what the model sees', () => {
    const row = {
      item_id: item(1),
      thread_id: 'T1',
      codex_turn_id: 'U1',
      first_seen_at_unix_ms: 1010,
      role: 'user',
      channel: null,
      kind: 'message',
      body: { parts: [{ type: 'text', text: 'hi' }] },
      call_id: null,
      produced_by: [],
    } as const;
    model
      .when(request([user('hi')]))
      .thenWrites(
        insert('conversation_items', item(1), row),
        link('threads', 'T1', 'conversation_item_ids', items(1)),
        patch('inference_calls', 'I1', { request_item_ids: items(1) }),
      )
      .thenLearns(itemsObserved({ item_ids: items(1), fresh: [row] }));
  });

  it('reuses history by position and keeps new identical items apart', () => {
    model
      .after(request([user('ok')]))
      .when(request([user('ok'), assistant('ack'), user('ok')], second))
      .thenWrites(
        inserted('conversation_items', item(2), { codex_turn_id: 'U2' }),
        inserted('conversation_items', item(3), { codex_turn_id: 'U2' }),
        link('threads', 'T1', 'conversation_item_ids', items(2, 3)),
        patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }),
      );
  });

  it('finds items that moved, and takes what stands between them as new', () => {
    model
      .after(request([user('rules'), user('count')]))
      .when(request([user('count'), user('summary'), user('rules')], second))
      .thenWritesTo('conversation_items', inserted('conversation_items', item(3), {}))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(2, 3, 1) }));
  });

  it('reuses the call of an earlier response, whose arguments are JSON', () => {
    model
      .after(request([user('go')]), response([functionCall('call-1')]))
      .when(request([user('go'), functionCall('call-1')], second))
      .thenWrites(patch('inference_calls', 'I2', { request_item_ids: items(1, 2) }));
  });

  it('knows the items of its own thread only', () => {
    model
      .after(request([user('hi')]))
      .when(request([user('hi')], { ...second, thread_id: 'T2' }))
      .thenWritesTo('threads', link('threads', 'T2', 'conversation_item_ids', items(2)));
  });

  it('replaces what the model has in view, even by nothing', () => {
    model
      .after(request([user('hi')]), request([]))
      .when(request([user('hi')]))
      .thenWritesTo('threads', link('threads', 'T1', 'conversation_item_ids', items(2)));
  });

  it.each([
    ['has no input', payloadOf({ model: 'gpt-test' }), 'request_input_missing', 'I1'],
    ['has an input that is no list', payloadOf({ input: 'hi' }), 'request_input_missing', 'I1'],
    ['is no object', payloadOf([]), 'request_input_missing', 'I1'],
    ['is missing', missingPayload(), 'payload_missing', 'P1'],
    ['is no JSON', payloadOf('{'), 'payload_invalid', 'P1'],
  ] as const)('that %s leaves the call without items, and the view as it was', (_what, payload, code, entity) => {
    model.when(inferenceOpened({ payload })).thenReports({ code, entity }).thenWrites().thenLearns();
    model
      .after(request([user('hi')]), inferenceOpened({ payload, ...second }))
      .when(request([user('hi')], { inference_call_id: 'I3' }))
      .thenWrites(patch('inference_calls', 'I3', { request_item_ids: items(1) }));
  });
});

describe('a response', () => {
  const produced_by = [{ type: 'inference', inference_call_id: 'I1' }] as const;

  it('is part of the conversation at once', () => {
    const outcome = model.after(request([user('go')])).when(response([assistant('done')]));
    outcome.thenWrites(
      inserted('conversation_items', item(2), { produced_by }),
      link('threads', 'T1', 'conversation_item_ids', items(2)),
      patch('inference_calls', 'I1', { response_item_ids: items(2) }),
    );
    expect(outcome.learned('items_observed')).toEqual([seen(2)]);
    expect(outcome.learned('response_items_known')).toEqual([responseItemsKnown({ item_ids: items(2) })]);
  });

  it('never takes an earlier item for its own', () => {
    model
      .after(request([assistant('done')]))
      .when(response([assistant('done')]))
      .thenWritesTo('threads', link('threads', 'T1', 'conversation_item_ids', items(2)));
  });

  it('may come again, and then repeats its items', () => {
    model
      .after(request([]), response([assistant('a')]))
      .when(response([assistant('a')]))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I1', { response_item_ids: items(2) }));
  });

  it('brings usage where its counters are complete', () => {
    const counters = { input_tokens: 10, cached_input_tokens: 1, output_tokens: 5, reasoning_output_tokens: 2 };
    const payload = payloadOf({ output_items: [], token_usage: { ...counters, total_tokens: 15 } });
    model
      .after(request([]))
      .when(inferenceAnswered({ payload }))
      .thenWrites(
        patch('inference_calls', 'I1', {
          response_item_ids: [],
          usage: { ...counters, cache_write_input_tokens: 0 },
        }),
      );
  });

  it('that was not recorded changes nothing', () => {
    model.after(request([])).when(inferenceAnswered()).thenNothing();
  });

  it.each([
    ['has no output items', payloadOf({}), 'response_output_missing'],
    ['has output items that are no list', payloadOf({ output_items: {} }), 'response_output_missing'],
    ['is missing', missingPayload(), 'payload_missing'],
  ] as const)('that %s leaves the call without them', (_what, payload, code) => {
    model.after(request([])).when(inferenceAnswered({ payload })).thenReports(code).thenWrites().thenLearns();
  });
});

describe('an incremental request', () => {
  const first = model.after(request([user('go')]), response([functionCall('call-1')]));

  it('carries the request and the response that it continues', () => {
    first
      .when(incremental('resp-1', [functionOutput('call-1')], second))
      .thenWrites(
        inserted('conversation_items', item(3), { kind: 'function_call_output' }),
        link('threads', 'T1', 'conversation_item_ids', items(3)),
        patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }),
      );
  });

  it('repeats items that stand behind the prefix already', () => {
    first
      .after(incremental('resp-1', [user('more')], second))
      .when(incremental('resp-1', [user('more'), user('and more')], { inference_call_id: 'I3' }))
      .thenWritesTo(
        'inference_calls',
        patch('inference_calls', 'I3', { request_item_ids: items(1, 2, 3, 4) }),
      );
  });

  it('keeps another item than the one that stands there', () => {
    first
      .after(incremental('resp-1', [user('more')], second))
      .when(incremental('resp-1', [user('other')], { inference_call_id: 'I3' }))
      .thenReports({ code: 'conversation_mismatch', entity: item(3) })
      .thenWritesTo('inference_calls', patch('inference_calls', 'I3', { request_item_ids: items(1, 2, 4) }));
  });

  it('takes the live history for a response that nobody knows', () => {
    first
      .when(incremental('resp-9', [user('more')], second))
      .thenReports({ code: 'previous_response_unknown', entity: 'I2' })
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }));
  });

  it.each([
    ['of another thread', { thread_id: 'T2' }],
    ['that a later end took back', { response_id: null, payload: null }],
  ])('does not continue a response %s', (_what, answer) => {
    model
      .after(request([user('go')], { thread_id: answer.thread_id ?? 'T1' }))
      .after(response([], { thread_id: answer.thread_id ?? 'T1' }), inferenceAnswered(answer))
      .when(incremental('resp-1', [], second))
      .thenReports('previous_response_unknown');
  });

  it('continues the first of several calls with that response, in the order of the bytes of their ids', () => {
    model
      .after(request([user('nine')], { inference_call_id: 'I9' }), response([], { inference_call_id: 'I9' }))
      .after(request([user('ten')], { inference_call_id: 'I10' }), response([], { inference_call_id: 'I10' }))
      .when(incremental('resp-1', [], second))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(2) }));
  });
});
