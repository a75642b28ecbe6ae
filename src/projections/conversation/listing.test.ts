import { describe, it } from 'vitest';
import { compactionInstalled, itemAccepted, payloadOf } from '../../../test/helpers/facts.js';
import { given } from '../../../test/helpers/given.js';
import { assistant, modelItems, user, withId } from '../../../test/helpers/items.js';
import { inferenceAnswered, inferenceOpened, requestRead } from '../../../test/helpers/learned.js';
import { link, patch } from '../../facts/writes.js';
import { identifiedItems } from '../../payloads/model-items/item-forms.js';
import { schema1 } from '../../schemas/schema-1.js';
import { schema2 } from '../../schemas/schema-2.js';
import { conversation } from './conversation.js';

const items = (...ordinals: readonly number[]): string[] =>
  ordinals.map((ordinal) => `conversation_item:${ordinal}`);
const request = (...input: readonly unknown[]) =>
  requestRead({ items: modelItems(input, 'P1', identifiedItems) });
const incremental = (...input: readonly unknown[]) =>
  requestRead({ previous_response_id: 'resp-1', items: modelItems(input, 'P1', identifiedItems) });
const response = (...output_items: readonly unknown[]) =>
  inferenceAnswered({ response_id: 'resp-1', payload: payloadOf({ output_items }) });
const receipt = (item_id: string) => itemAccepted({ item_id });
const appended = (...ordinals: readonly number[]) =>
  link('threads', 'T1', 'conversation_item_ids', items(...ordinals));
const whole = (...ordinals: readonly number[]) =>
  patch('threads', 'T1', { conversation_item_ids: items(...ordinals) });

const [r, s] = [withId(assistant('r'), 'r1'), withId(assistant('s'), 's1')];
const asked = given(conversation(schema2)).after(inferenceOpened(), request(user('a')));
const answered = asked.after(response(r, s));

describe('the list of a thread', () => {
  it('holds what a request carries', () => {
    given(conversation(schema2))
      .when(request(user('a'), user('b')))
      .thenWritesTo('threads', appended(1, 2));
  });

  it('holds no response yet, in schema 1 at once', () => {
    asked.when(response(r)).thenWritesTo('threads');
    given(conversation(schema1))
      .after(requestRead({ items: modelItems([user('a')]) }))
      .when(response(r))
      .thenWritesTo('threads', appended(2));
  });

  it('holds a response with its receipt, also one that came before', () => {
    answered.when(receipt('r1'), receipt('s1')).thenWritesTo('threads', appended(2), appended(3));
    asked.after(receipt('s1')).when(response(r, s)).thenWritesTo('threads', appended(3));
  });

  it('takes an item that is accepted late at its place', () => {
    answered
      .after(receipt('s1'))
      .when(receipt('r1'))
      .thenWritesTo('threads', whole(1, 2, 3));
    answered
      .after(receipt('s1'), request(user('a'), user('b')))
      .when(receipt('r1'))
      .thenWritesTo('threads', whole(1, 2, 3, 4));
  });

  it('takes each of several such items at its place', () => {
    const t = withId(assistant('t'), 't1');
    asked
      .after(response(r, s, t), receipt('t1'), receipt('r1'))
      .when(receipt('s1'))
      .thenWritesTo('threads', whole(1, 2, 3, 4));
  });

  it('goes on at its end after that', () => {
    answered
      .after(receipt('s1'), receipt('r1'))
      .when(request(user('a'), r, s, user('b')))
      .thenWritesTo('threads', appended(4));
  });

  it('holds an item once, whatever marks it again', () => {
    answered
      .after(receipt('r1'))
      .when(receipt('r1'), request(user('a'), r))
      .thenWritesTo('threads');
  });

  it('holds a response that a later request carries, accepted or not', () => {
    answered.when(request(user('a'), s)).thenWritesTo('threads', appended(3));
    answered
      .after(request(user('a'), s))
      .when(request(user('a'), r))
      .thenWritesTo('threads', appended(4));
  });

  it('holds the responses in the prefix of an incremental request', () => {
    answered.when(incremental()).thenWritesTo('threads', appended(2, 3));
  });

  it('holds what an incremental request adds before the responses in its prefix, each at its place', () => {
    answered.when(incremental(user('b'))).thenWritesTo('threads', appended(4), whole(1, 2, 3, 4));
  });

  it('never holds a response that nobody accepted or sent again', () => {
    answered.when(request(user('a'), user('b'))).thenWritesTo('threads', appended(4));
  });

  it('holds a response that the input of a compaction carries, its marker and its replacement', () => {
    const checkpoint = { input_history: [user('a'), r], replacement_history: [s] };
    answered
      .when(compactionInstalled({ payload: payloadOf(checkpoint) }))
      .thenWritesTo('threads', appended(2, 4, 5));
  });

  it('holds a response that is accepted after a compaction at its place', () => {
    const checkpoint = { input_history: [user('a')], replacement_history: [r] };
    answered
      .after(compactionInstalled({ payload: payloadOf(checkpoint) }))
      .when(receipt('r1'))
      .thenWritesTo('threads', whole(1, 2, 4, 5));
  });

  it('is that of its own thread', () => {
    const elsewhere = requestRead({ thread_id: 'T2', items: modelItems([r], 'P1', identifiedItems) });
    answered.after(elsewhere).when(receipt('r1')).thenWritesTo('threads', appended(2));
    answered
      .after(elsewhere)
      .when(itemAccepted({ item_id: 'r1', thread: 'T2' }))
      .thenWritesTo('threads');
  });
});
