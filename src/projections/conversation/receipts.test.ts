import { describe, expect, it } from 'vitest';
import { compactionInstalled, itemAccepted, missingPayload, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import { agentMessage, assistant, modelItems, text, user, withId } from '../../../test/helpers/items.js';
import { inferenceAnswered, itemRewritten, requestRead } from '../../../test/helpers/learned.js';
import type { ProblemCode } from '../../errors/codes.js';
import { link, patch } from '../../facts/writes.js';
import type { ConversationItem } from '../../model/conversation.js';
import { identifiedItems } from '../../payloads/model-items/item-forms.js';
import { schema2 } from '../../schemas/schema-2.js';
import { conversation } from './conversation.js';

const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const items = (...ordinals: readonly number[]): string[] => ordinals.map(item);
const request = (...input: readonly unknown[]) =>
  requestRead({ items: modelItems(input, 'P1', identifiedItems) });
const inT2 = (...input: readonly unknown[]) =>
  requestRead({ thread_id: 'T2', items: modelItems(input, 'P1', identifiedItems) });
const response = (...output_items: readonly unknown[]) =>
  inferenceAnswered({ payload: payloadOf({ output_items }) });
const requested = (...ordinals: readonly number[]) =>
  patch('inference_calls', 'I1', { request_item_ids: items(...ordinals) });
const listed = (...ordinals: readonly number[]) =>
  link('threads', 'T1', 'conversation_item_ids', items(...ordinals));

const accepted = (seq: number) => ({ accepted_at_unix_ms: 1000 + 10 * seq, accepted_seq: seq });
const marked = (ordinal: number, seq: number) => patch('conversation_items', item(ordinal), accepted(seq));
const made = (ordinal: number, fields: Partial<ConversationItem>) =>
  inserted('conversation_items', item(ordinal), fields);

const message = withId(user('hi'), 'm1');
const receipt = (seq: number, item_id = 'm1') => itemAccepted({ item_id, seq });
const model = given(conversation(schema2));

describe('a receipt', () => {
  it('marks an item that was seen before', () => {
    model.after(request(message)).when(receipt(7)).thenWrites(marked(1, 7));
  });

  it('marks an item that is seen later', () => {
    model
      .after(receipt(7))
      .when(request(message))
      .thenWritesTo('conversation_items', made(1, { responses_item_id: 'm1', ...accepted(7) }));
  });

  it('marks every item of that id', () => {
    model
      .after(request(message, withId(user('ho'), 'm1'), user('hi')))
      .when(receipt(7))
      .thenWrites(marked(1, 7), marked(2, 7));
  });

  it('counts for good: a second one changes nothing, for items seen and to come', () => {
    model.after(request(message), receipt(7)).when(receipt(8)).thenNothing();
    model
      .after(receipt(7), receipt(8))
      .when(request(message))
      .thenWritesTo('conversation_items', made(1, accepted(7)));
  });

  it('of an id that no item has is harmless', () => {
    model.after(request(message)).when(receipt(7, 'm9')).thenNothing();
    model
      .after(receipt(7, 'm9'))
      .when(request(message, user('ho')))
      .thenWritesTo(
        'conversation_items',
        made(1, { accepted_seq: undefined }),
        made(2, { responses_item_id: undefined, accepted_seq: undefined }),
      );
  });

  it('counts in its own thread', () => {
    model
      .after(request(message), inT2(message))
      .when(itemAccepted({ item_id: 'm1', seq: 7, thread: 'T2' }))
      .thenWrites(marked(2, 7));
  });

  it('without a thread is left out', () => {
    model
      .after(request(message))
      .when(itemAccepted({ thread: null }))
      .thenNothing();
  });

  it('may be of the empty id', () => {
    model
      .after(request(withId(user('hi'), ''), user('ho')))
      .when(receipt(7, ''))
      .thenWrites(marked(1, 7));
  });

  it('marks the copy that a compaction made, too', () => {
    const install = compactionInstalled({
      payload: payloadOf({ input_history: [message], replacement_history: [message] }),
    });
    model.after(request(message), install).when(receipt(7)).thenWrites(marked(1, 7), marked(3, 7));
  });
});

const hi = withId(agentMessage('hi'), 'a1');
const ho = withId(agentMessage('ho'), 'a1');
const bringing = (json: unknown, seq = 7) =>
  itemAccepted({ item_id: 'a1', seq, payload: payloadOf(json, 'P7') });
const bodyOfFirst = (words: string) =>
  patch('conversation_items', item(1), { body: { parts: [text(words)] } });

describe('a receipt that brings a message', () => {
  const delivered = model.after(bringing(hi));

  it('makes an item of it, listed at once and observed by others', () => {
    const outcome = model.when(bringing(hi));
    const row = {
      item_id: item(1),
      responses_item_id: 'a1',
      ...accepted(7),
      thread_id: 'T1',
      codex_turn_id: 'U1',
      first_seen_at_unix_ms: 1070,
      role: 'assistant',
      channel: 'analysis',
      kind: 'message',
      agent_message: { author: '/root/child', recipient: '/root' },
      body: { parts: [text('hi')] },
      call_id: null,
      produced_by: [],
    } as const;
    outcome.thenWrites(made(1, row), listed(1));
    expect(outcome.learned('items_observed')).toMatchObject([{ item_ids: items(1), fresh: [row] }]);
  });

  it('takes the turn of its event, whatever that is', () => {
    const unplaced = itemAccepted({ item_id: 'a1', turn: null, payload: payloadOf(hi) });
    model.when(unplaced).thenWritesTo('conversation_items', made(1, { codex_turn_id: null }));
  });

  it('makes one item, also where it is repeated', () => {
    delivered.when(bringing(ho, 8)).thenNothing();
  });

  it('makes the item although the receipt is not the first, which counts still', () => {
    model
      .after(itemAccepted({ item_id: 'a1', seq: 5 }))
      .when(bringing(hi))
      .thenWritesTo('conversation_items', made(1, { ...accepted(5), first_seen_at_unix_ms: 1070 }));
  });

  it('is not looked at where its thread has an item of that id', () => {
    model
      .after(request(withId(user('hi'), 'a1')))
      .when(bringing('no JSON'))
      .thenWrites(marked(1, 7));
  });

  it('is looked at where only another thread has one, or one without id says the same', () => {
    model
      .after(inT2(hi), request(agentMessage('hi')))
      .when(bringing(hi))
      .thenWritesTo('conversation_items', made(3, { thread_id: 'T1' }));
  });

  it.each<[string, unknown, ProblemCode]>([
    ['a user message', withId(user('hi'), 'a1'), 'receipt_mismatch'],
    ['an agent message of another id', withId(hi, 'a2'), 'receipt_mismatch'],
    ['an agent message without id', agentMessage('hi'), 'receipt_mismatch'],
    ['an item that is skipped', { type: 'additional_tools', id: 'a1' }, 'receipt_mismatch'],
    ['an agent message without content', { ...hi, content: [] }, 'item_unsupported'],
    ['an item of an unknown type', { type: 'odd', id: 'a1' }, 'item_unsupported'],
    ['no item', [], 'item_unsupported'],
    ['no JSON', '{', 'payload_invalid'],
  ])('must not bring %s', (_what, json, code) => {
    model.when(bringing(json)).thenReports(code).thenWrites().thenLearns();
  });

  it('must have its payload', () => {
    model
      .when(itemAccepted({ item_id: 'a1', payload: missingPayload() }))
      .thenReports('payload_missing')
      .thenWrites();
  });

  it('marks later items even where it is broken', () => {
    model
      .after(bringing('{', 7))
      .when(request(hi))
      .thenWritesTo('conversation_items', made(1, accepted(7)));
  });

  it('has no place in what the model has in view', () => {
    model
      .after(request(user('go')), bringing(hi))
      .when(response(assistant('done')))
      .thenWritesTo('inference_calls', patch('inference_calls', 'I1', { response_item_ids: items(3) }));
    delivered.when(request(agentMessage('hi'))).thenWritesTo('inference_calls', requested(2));
  });
});

describe('the first sighting of a delivered message', () => {
  const delivered = model.after(bringing(hi));

  it('takes its item over', () => {
    delivered.when(request(user('go'), hi)).thenWritesTo('inference_calls', requested(2, 1));
  });

  it('rewrites it where it says something else, and tells others', () => {
    const outcome = delivered.when(request(ho));
    outcome.thenWrites(bodyOfFirst('ho'), requested(1));
    const [rewritten] = outcome.learned('item_rewritten');
    expect(rewritten).toMatchObject(itemRewritten({ row: expect.objectContaining({ item_id: item(1) }) }));
    expect(rewritten?.row).toMatchObject({ body: { parts: [text('ho')] }, ...accepted(7) });
  });

  it('tells nobody where it says the same', () => {
    expect(delivered.when(request(hi)).learned('item_rewritten')).toEqual([]);
  });

  it('leaves the author of the receipt, whoever it says wrote it', () => {
    delivered.when(request(withId(agentMessage('hi', '/root/other'), 'a1'))).thenWrites(requested(1));
  });

  it.each([
    ['without id', agentMessage('hi')],
    ['of another id', withId(hi, 'a2')],
    ['that is a user message of the id', withId(user('hi'), 'a1')],
  ])('is none %s', (_what, other) => {
    delivered.when(request(other)).thenWritesTo('inference_calls', requested(2));
    delivered.after(request(other)).when(request(other, hi)).thenWritesTo('inference_calls', requested(2, 1));
  });

  it('is none in another thread', () => {
    delivered
      .when(inT2(hi))
      .thenWritesTo('threads', link('threads', 'T2', 'conversation_item_ids', items(2)));
  });

  it('comes once: another content is a new item of the same id then', () => {
    delivered
      .after(request(hi))
      .when(request(ho))
      .thenWritesTo('conversation_items', made(2, { responses_item_id: 'a1', ...accepted(7) }))
      .thenWritesTo('inference_calls', requested(2));
  });

  it('takes it over once in one request', () => {
    delivered.when(request(ho, hi)).thenWritesTo('inference_calls', requested(1, 2));
  });

  it('is not one of an equal item in view, which learns the id', () => {
    const both = model.after(request(agentMessage('hi')), bringing(hi));
    const learned = patch('conversation_items', item(1), { responses_item_id: 'a1', ...accepted(7) });
    both.when(request(hi)).thenWrites(learned, requested(1));
    both.after(request(hi)).when(request(hi, ho)).thenWritesTo('inference_calls', requested(1, 2));
  });

  it('may come with a response, which produced it then', () => {
    delivered
      .after(request(user('go')))
      .when(response(ho))
      .thenWritesTo(
        'conversation_items',
        bodyOfFirst('ho'),
        link('conversation_items', item(1), 'produced_by', [{ type: 'inference', inference_call_id: 'I1' }]),
      );
  });

  it.each([
    ['input', { input_history: [ho], replacement_history: [] }, []],
    [
      'replacement',
      { input_history: [], replacement_history: [ho] },
      [link('conversation_items', item(1), 'produced_by', [{ type: 'compaction', compaction_id: 'K1' }])],
    ],
  ] as const)('may come with the %s of a compaction', (_what, checkpoint, produced) => {
    delivered
      .when(compactionInstalled({ payload: payloadOf(checkpoint) }))
      .thenWritesTo(
        'conversation_items',
        ...(produced.length === 0
          ? [bodyOfFirst('ho'), made(2, { kind: 'compaction_marker' })]
          : [made(2, { kind: 'compaction_marker' }), bodyOfFirst('ho'), ...produced]),
      );
  });
});
