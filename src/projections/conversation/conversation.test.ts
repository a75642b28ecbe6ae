import { describe, expect, it } from 'vitest';
import { compactionInstalled, missingPayload, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import { assistant, functionCall, functionOutput, modelItems, user } from '../../../test/helpers/items.js';
import {
  inferenceAnswered,
  inferenceOpened,
  itemsObserved,
  requestRead,
  responseItemsKnown,
} from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { schema1 } from '../../schemas/schema-1.js';
import { schema2 } from '../../schemas/schema-2.js';
import { conversation } from './conversation.js';

type Call = Parameters<typeof inferenceOpened>[0];
/** A request as it comes in: the call opens, and its items are read. */
const request = (input: readonly unknown[], call: Call = {}, previous_response_id: string | null = null) =>
  [inferenceOpened(call), requestRead({ ...call, previous_response_id, items: modelItems(input) })] as const;
const incremental = (previous_response_id: string, input: readonly unknown[], call: Call = {}) =>
  request(input, call, previous_response_id);
const response = (output_items: readonly unknown[], call: Parameters<typeof inferenceAnswered>[0] = {}) =>
  inferenceAnswered({ response_id: 'resp-1', payload: payloadOf({ output_items }, 'P2'), ...call });

const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const items = (...ordinals: readonly number[]): string[] => ordinals.map(item);
const seen = (...ordinals: readonly number[]) => expect.objectContaining({ item_ids: items(...ordinals) });
const second: Call = { inference_call_id: 'I2', codex_turn_id: 'U2' };
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
      .when(...request([user('hi')]))
      .thenWrites(
        insert('conversation_items', item(1), row),
        link('threads', 'T1', 'conversation_item_ids', items(1)),
        patch('inference_calls', 'I1', { request_item_ids: items(1) }),
      )
      .thenLearns(itemsObserved({ item_ids: items(1), fresh: [row] }));
  });

  it('reuses history by position and keeps new identical items apart', () => {
    model
      .after(...request([user('ok')]))
      .when(...request([user('ok'), assistant('ack'), user('ok')], second))
      .thenWrites(
        inserted('conversation_items', item(2), { codex_turn_id: 'U2' }),
        inserted('conversation_items', item(3), { codex_turn_id: 'U2' }),
        link('threads', 'T1', 'conversation_item_ids', items(2, 3)),
        patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }),
      );
  });

  it('finds items that moved, and takes what stands between them as new', () => {
    model
      .after(...request([user('rules'), user('count')]))
      .when(...request([user('count'), user('summary'), user('rules')], second))
      .thenWritesTo('conversation_items', inserted('conversation_items', item(3), {}))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(2, 3, 1) }));
  });

  it('reuses the call of an earlier response, whose arguments are JSON', () => {
    model
      .after(...request([user('go')]), response([functionCall('call-1')]))
      .when(...request([user('go'), functionCall('call-1')], second))
      .thenWrites(patch('inference_calls', 'I2', { request_item_ids: items(1, 2) }));
  });

  it('knows the items of its own thread only', () => {
    model
      .after(...request([user('hi')]))
      .when(...request([user('hi')], { ...second, thread_id: 'T2' }))
      .thenWritesTo('threads', link('threads', 'T2', 'conversation_item_ids', items(2)));
  });

  it('replaces what the model has in view, even by nothing', () => {
    model
      .after(...request([user('hi')]), ...request([]))
      .when(...request([user('hi')]))
      .thenWritesTo('threads', link('threads', 'T1', 'conversation_item_ids', items(2)));
  });

  it('whose payload could not be read leaves the view as it was', () => {
    model
      .after(...request([user('hi')]), inferenceOpened(second))
      .when(...request([user('hi')], { inference_call_id: 'I3' }))
      .thenWrites(patch('inference_calls', 'I3', { request_item_ids: items(1) }));
  });

  it('that only says how much it shares with the one before repeats those items', () => {
    const rest = requestRead({ ...second, shared: 2, items: modelItems([user('c')]) });
    const outcome = model
      .after(...request([user('a'), user('b'), user('x')]), response([assistant('y')]))
      .when(inferenceOpened(second), rest);
    outcome.thenWritesTo(
      'inference_calls',
      patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 5) }),
    );
    expect(outcome.learned('items_observed')).toEqual([seen(1, 2, 5)]);
  });

  it('does not take an item that it shares for another one', () => {
    const rest = requestRead({ ...second, shared: 1, items: modelItems([user('a'), user('b')]) });
    model
      .after(...request([user('a'), user('b')]))
      .when(inferenceOpened(second), rest)
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(1, 3, 2) }));
  });
});

describe('a response', () => {
  const produced_by = [{ type: 'inference', inference_call_id: 'I1' }] as const;

  it('is part of the conversation at once', () => {
    const outcome = model.after(...request([user('go')])).when(response([assistant('done')]));
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
      .after(...request([assistant('done')]))
      .when(response([assistant('done')]))
      .thenWritesTo('threads', link('threads', 'T1', 'conversation_item_ids', items(2)));
  });

  it('may come again, and then repeats its items', () => {
    model
      .after(...request([]), response([assistant('a')]))
      .when(response([assistant('a')]))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I1', { response_item_ids: items(2) }));
  });

  it('brings usage where its counters are complete', () => {
    const counters = {
      input_tokens: 10,
      cached_input_tokens: 1,
      output_tokens: 5,
      reasoning_output_tokens: 2,
    };
    const payload = payloadOf({ output_items: [], token_usage: { ...counters, total_tokens: 15 } });
    model
      .after(...request([]))
      .when(inferenceAnswered({ payload }))
      .thenWrites(
        patch('inference_calls', 'I1', {
          response_item_ids: [],
          usage: { ...counters, cache_write_input_tokens: 0 },
        }),
      );
  });

  it('that was not recorded changes nothing', () => {
    model
      .after(...request([]))
      .when(inferenceAnswered())
      .thenNothing();
  });

  it.each([
    ['has no output items', payloadOf({}), 'response_output_missing'],
    ['has output items that are no list', payloadOf({ output_items: {} }), 'response_output_missing'],
    ['is missing', missingPayload(), 'payload_missing'],
  ] as const)('that %s leaves the call without them', (_what, payload, code) => {
    model
      .after(...request([]))
      .when(inferenceAnswered({ payload }))
      .thenReports(code)
      .thenWrites()
      .thenLearns();
  });
});

describe('an incremental request', () => {
  const first = model.after(...request([user('go')]), response([functionCall('call-1')]));

  it('carries the request and the response that it continues', () => {
    first
      .when(...incremental('resp-1', [functionOutput('call-1')], second))
      .thenWrites(
        inserted('conversation_items', item(3), { kind: 'function_call_output' }),
        link('threads', 'T1', 'conversation_item_ids', items(3)),
        patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }),
      );
  });

  it('repeats items that stand behind the prefix already', () => {
    first
      .after(...incremental('resp-1', [user('more')], second))
      .when(...incremental('resp-1', [user('more'), user('and more')], { inference_call_id: 'I3' }))
      .thenWritesTo(
        'inference_calls',
        patch('inference_calls', 'I3', { request_item_ids: items(1, 2, 3, 4) }),
      );
  });

  it('keeps another item than the one that stands there', () => {
    first
      .after(...incremental('resp-1', [user('more')], second))
      .when(...incremental('resp-1', [user('other')], { inference_call_id: 'I3' }))
      .thenReports({ code: 'conversation_mismatch', entity: item(3) })
      .thenWritesTo('inference_calls', patch('inference_calls', 'I3', { request_item_ids: items(1, 2, 4) }));
  });

  it('takes the live history for a response that nobody knows', () => {
    first
      .when(...incremental('resp-9', [user('more')], second))
      .thenReports({ code: 'previous_response_unknown', entity: 'I2' })
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(1, 2, 3) }));
  });

  it.each([
    ['of another thread', { thread_id: 'T2' }, []],
    ['that a later end took back', {}, [inferenceAnswered()]],
  ])('does not continue a response %s', (_what, thread, ends) => {
    model
      .after(...request([user('go')], thread), response([], thread), ...ends)
      .when(...incremental('resp-1', [], second))
      .thenReports('previous_response_unknown');
  });

  it('continues the first of several calls with that response, in the order of the bytes of their ids', () => {
    model
      .after(
        ...request([user('nine')], { inference_call_id: 'I9' }),
        response([], { inference_call_id: 'I9' }),
      )
      .after(
        ...request([user('ten')], { inference_call_id: 'I10' }),
        response([], { inference_call_id: 'I10' }),
      )
      .when(...incremental('resp-1', [], second))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I2', { request_item_ids: items(2) }));
  });
});

describe('what the model has in view', () => {
  const asked = (rules: SchemaRules) => given(conversation(rules)).after(...request([user('a')]));
  const next = (call: Call, ...input: readonly unknown[]) => request(input, call);
  const requested = (call: string, ...ordinals: readonly number[]) =>
    patch('inference_calls', call, { request_item_ids: items(...ordinals) });
  const third: Call = { inference_call_id: 'I3' };

  it.each([
    ['1 the responses to a call one behind the other', schema1, [1, 2, 3]],
    ['2 the last of them', schema2, [1, 4, 3]],
  ] as const)('is in schema %s', (_what, rules, ordinals) => {
    asked(rules)
      .after(response([assistant('r')]), response([assistant('s')]))
      .when(...next(second, user('a'), assistant('r'), assistant('s')))
      .thenWritesTo('inference_calls', requested('I2', ...ordinals));
  });

  it.each([
    ['1 a response to any call of the thread', schema1, [1, 2]],
    ['2 no response to a call before the last', schema2, [1, 3]],
  ] as const)('is in schema %s', (_what, rules, ordinals) => {
    asked(rules)
      .after(...next(second, user('a')), response([assistant('r')]))
      .when(...next(third, user('a'), assistant('r')))
      .thenWritesTo('inference_calls', requested('I3', ...ordinals));
  });

  it('is not what an incremental request goes on from, which may be any call', () => {
    asked(schema2)
      .after(...next(second, user('b')), response([assistant('r')]))
      .when(...incremental('resp-1', [], third))
      .thenWritesTo('inference_calls', requested('I3', 1, 3));
  });

  it('is in schema 2 no response that comes after a compaction', () => {
    const checkpoint = payloadOf({ input_history: [], replacement_history: [] });
    asked(schema2)
      .after(compactionInstalled({ payload: checkpoint }), response([assistant('r')]))
      .when(
        compactionInstalled({ compaction_id: 'K2', payload: payloadOf({ input_history: [assistant('r')] }) }),
      )
      .thenReports('checkpoint_history_missing')
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(4), { body: { parts: [{ type: 'text', text: 'r' }] } }),
        inserted('conversation_items', item(5), { kind: 'compaction_marker' }),
      );
  });

  it('is in schema 2 what it was, where the last call ends without a payload', () => {
    asked(schema2)
      .after(response([assistant('r')]), inferenceAnswered())
      .when(...next(second, user('a'), assistant('r')))
      .thenWritesTo('inference_calls', requested('I2', 1, 2));
  });
});
