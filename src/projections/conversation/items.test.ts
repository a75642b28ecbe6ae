import { describe, it } from 'vitest';
import { itemAccepted, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import {
  assistant,
  encoded,
  functionCall,
  functionOutput,
  modelItems,
  reasoning,
  text,
  user,
  withId,
} from '../../../test/helpers/items.js';
import { inferenceAnswered, requestRead } from '../../../test/helpers/learned.js';
import { link, patch } from '../../facts/writes.js';
import { identifiedItems } from '../../payloads/model-items/item-forms.js';
import { schema1 } from '../../schemas/schema-1.js';
import { schema2 } from '../../schemas/schema-2.js';
import { conversation } from './conversation.js';

const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const request = (...input: readonly unknown[]) => inPayload('P1', ...input);
const inPayload = (payload: string, ...input: readonly unknown[]) =>
  requestRead({ items: modelItems(input, payload, identifiedItems) });
const response = (call: string, ...output_items: readonly unknown[]) =>
  inferenceAnswered({ inference_call_id: call, payload: payloadOf({ output_items }) });
const requested = (...ordinals: readonly number[]) =>
  patch('inference_calls', 'I1', { request_item_ids: ordinals.map(item) });
const answered = (call: string, ...ordinals: readonly number[]) =>
  patch('inference_calls', call, { response_item_ids: ordinals.map(item) });
const learns = (ordinal: number, id: string, seq?: number) =>
  patch('conversation_items', item(ordinal), {
    responses_item_id: id,
    accepted_at_unix_ms: seq === undefined ? undefined : 1000 + 10 * seq,
    accepted_seq: seq,
  });

const model = given(conversation(schema2));

describe('an item with an id', () => {
  it('shows the id', () => {
    model
      .when(request(withId(user('a'), 'm1'), user('b')))
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(1), { responses_item_id: 'm1' }),
        inserted('conversation_items', item(2), { responses_item_id: undefined }),
      );
  });

  it('is not one of another id, and is where one of both has none', () => {
    const first = model.after(request(withId(user('a'), 'm1')));
    first.when(request(withId(user('a'), 'm1'))).thenWrites(requested(1));
    first.when(request(withId(user('a'), 'm2'))).thenWritesTo('inference_calls', requested(2));
    first.when(request(user('a'))).thenWrites(requested(1));
  });

  it('is one more item where it says something else', () => {
    model
      .after(request(withId(user('a'), 'm1')))
      .when(request(withId(user('b'), 'm1')))
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(2), { responses_item_id: 'm1' }),
      );
  });

  it('tells equal items apart that change places', () => {
    const [a, b] = [withId(user('a'), 'm1'), withId(user('a'), 'm2')];
    model.after(request(a, b)).when(request(b, a)).thenWrites(requested(2, 1));
  });

  it('has no id in schema 1', () => {
    given(conversation(schema1))
      .after(response('I1', withId(user('a'), 'm1')))
      .when(requestRead({ items: modelItems([withId(user('a'), 'm2')]) }))
      .thenWrites(requested(1));
  });
});

describe('an id that was missing', () => {
  const first = model.after(request(user('a'), user('a')));

  it('is learned from the next sighting', () => {
    first.when(request(withId(user('a'), 'm1'), user('a'))).thenWrites(learns(1, 'm1'), requested(1, 2));
  });

  it('is learned once', () => {
    first
      .after(request(withId(user('a'), 'm1'), user('a')))
      .when(request(withId(user('a'), 'm1'), user('a')))
      .thenWrites(requested(1, 2));
  });

  it('tells from then on what the item is not', () => {
    first
      .after(request(withId(user('a'), 'm1')))
      .when(request(withId(user('a'), 'm9')))
      .thenWritesTo('inference_calls', requested(3));
  });

  it('may be the empty text', () => {
    first.when(request(withId(user('a'), ''))).thenWrites(learns(1, ''), requested(1));
    first
      .after(request(withId(user('a'), '')))
      .when(request(withId(user('a'), 'm1')))
      .thenWritesTo('inference_calls', requested(3));
  });

  it('brings the receipt that came before it', () => {
    first
      .after(itemAccepted({ item_id: 'm1', seq: 7 }))
      .when(request(withId(user('a'), 'm1')))
      .thenWritesTo('conversation_items', learns(1, 'm1', 7));
  });

  it('brings the receipts that come after it', () => {
    first
      .after(request(withId(user('a'), 'm1')))
      .when(itemAccepted({ item_id: 'm1', seq: 7 }))
      .thenWritesTo(
        'conversation_items',
        patch('conversation_items', item(1), { accepted_at_unix_ms: 1070, accepted_seq: 7 }),
      );
  });

  it('may be that of another item already', () => {
    first
      .when(request(withId(user('a'), 'm1'), withId(user('a'), 'm1')))
      .thenWrites(learns(1, 'm1'), learns(2, 'm1'), requested(1, 2));
  });

  it('is learned by the item that stands first, though one behind it has the very id', () => {
    model
      .after(request(user('a'), withId(user('a'), 'm1')))
      .when(request(withId(user('a'), 'm1')))
      .thenWrites(learns(1, 'm1'), requested(1));
  });

  it('is not missing where it is no text', () => {
    model
      .after(request(withId(user('a'), null), withId(user('b'), 7)))
      .when(request(withId(user('a'), 'm1'), withId(user('b'), 'm2')))
      .thenWrites(learns(1, 'm1'), learns(2, 'm2'), requested(1, 2));
  });
});

describe('reasoning with an id', () => {
  it('is merged with that of the same blob where at most one has an id, which is learned', () => {
    const merged = patch('conversation_items', item(1), { body: { parts: [text('why'), encoded('x')] } });
    model
      .after(request(reasoning('x')))
      .when(request(withId(reasoning('x', 'why'), 'r1')))
      .thenWrites(learns(1, 'r1'), merged, requested(1));
    model
      .after(request(withId(reasoning('x'), 'r1')))
      .when(request(reasoning('x', 'why')))
      .thenWrites(merged, requested(1));
  });

  it('of the same id and blob gains what was not readable', () => {
    model
      .after(request(withId(reasoning('x'), 'r1')))
      .when(request(withId(reasoning('x', 'why'), 'r1')))
      .thenWrites(
        patch('conversation_items', item(1), { body: { parts: [text('why'), encoded('x')] } }),
        requested(1),
      );
  });

  it.each([
    ['blob but another id', withId(reasoning('x', 'why'), 'r2')],
    ['id but another blob', withId(reasoning('y', 'why'), 'r1')],
  ])('of the same %s is new', (_what, other) => {
    model
      .after(request(withId(reasoning('x'), 'r1')))
      .when(request(other))
      .thenWritesTo('inference_calls', requested(2));
  });
});

describe('a call with an id', () => {
  it('of equal content may have another id under its call id', () => {
    model
      .after(request(withId(functionCall('c'), 'f1')))
      .when(request(withId(functionCall('c'), 'f2')))
      .thenWritesTo('inference_calls', requested(2));
  });

  it.each([
    ['function_call', functionCall('c', { a: 1 }), functionCall('c', { a: 2 })],
    [
      'custom_tool_call',
      { type: 'custom_tool_call', call_id: 'c', input: 'a' },
      { type: 'custom_tool_call', call_id: 'c', input: 'b' },
    ],
  ])('%s must not change under its call id, whatever the ids', (_kind, first, second) => {
    model
      .after(request(withId(first, 'f1')))
      .when(request(withId(second, 'f2')))
      .thenReports({ code: 'call_id_reused', entity: 'c' })
      .thenWritesTo('inference_calls', requested(2));
  });

  it('may have outputs of different content, in schema 1 it may not', () => {
    const second = request(functionOutput('c', 'one'), functionOutput('c', 'two'));
    model
      .after(request(functionOutput('c', 'one')))
      .when(second)
      .thenWritesTo('inference_calls', requested(1, 2));
    given(conversation(schema1)).when(second).thenReports('call_id_reused');
  });

  it('may have the same image in another payload, and another image is one more output', () => {
    const shown = (image_url: string) => functionOutput('c', [{ type: 'input_image', image_url }]);
    const first = model.after(inPayload('P1', shown('a')));
    first.when(inPayload('P2', shown('a'))).thenWrites(requested(1));
    first.when(inPayload('P2', shown('b'))).thenWritesTo('inference_calls', requested(2));
  });
});

describe('content without parts', () => {
  it('is the same as other content without parts', () => {
    const empty = { type: 'message', role: 'user', content: [] };
    model.after(inPayload('P1', empty)).when(inPayload('P2', empty)).thenWrites(requested(1));
  });
});

describe('a response with ids', () => {
  const first = model.after(request(user('a')), response('I1', withId(assistant('r'), 'r1')));
  const producedBy = (call: string) =>
    link('conversation_items', item(2), 'produced_by', [{ type: 'inference', inference_call_id: call }]);

  it('may repeat an item of its thread that is out of view, and produced it too', () => {
    first
      .after(request(user('a')))
      .when(response('I2', withId(assistant('r'), 'r1')))
      .thenWrites(producedBy('I2'), answered('I2', 2));
  });

  it('repeats each item once', () => {
    first
      .after(request(user('a')))
      .when(response('I2', withId(assistant('r'), 'r1'), withId(assistant('r'), 'r1')))
      .thenWritesTo('inference_calls', answered('I2', 2, 3));
  });

  it('repeats the one that was made first, also where that learned the id last', () => {
    const known = withId(user('a'), 'm1');
    model
      .after(request(known, known), request(user('b')))
      .when(response('I2', known))
      .thenWritesTo('inference_calls', answered('I2', 1));
    model
      .after(request(user('a'), known), request(known), request(user('b')))
      .when(response('I2', known))
      .thenWritesTo('inference_calls', answered('I2', 1));
  });

  it.each([
    ['without an id', assistant('r')],
    ['of another id', withId(assistant('r'), 'r2')],
    ['of other content', withId(assistant('s'), 'r1')],
  ])('repeats no item %s', (_what, other) => {
    first
      .after(request(user('a')))
      .when(response('I2', other))
      .thenWritesTo('inference_calls', answered('I2', 3));
  });

  it('may repeat by an item without an id one whose id another item of it has', () => {
    first
      .after(request(user('a')))
      .when(response('I2', assistant('r'), withId(assistant('s'), 'r1')))
      .thenWritesTo('inference_calls', answered('I2', 2, 3));
  });

  it('is what only a response can be: a request does not look out of view', () => {
    first
      .after(request(user('a')))
      .when(request(user('a'), withId(assistant('r'), 'r1')))
      .thenWritesTo('inference_calls', requested(1, 3));
  });
});
