import { describe, it } from 'vitest';
import { payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import {
  encoded,
  functionCall,
  functionOutput,
  modelItems,
  text,
  user,
} from '../../../test/helpers/items.js';
import { inferenceAnswered, requestRead } from '../../../test/helpers/learned.js';
import { link, patch } from '../../facts/writes.js';
import { schema1 } from '../../schemas/schema-1.js';
import { conversation } from './conversation.js';

const item = (ordinal: number): string => `conversation_item:${ordinal}`;
const request = (payload: string, ...input: readonly unknown[]) =>
  requestRead({ items: modelItems(input, payload) });
const inT2 = (...input: readonly unknown[]) => requestRead({ thread_id: 'T2', items: modelItems(input) });
const response = (call: string, ...output_items: readonly unknown[]) =>
  inferenceAnswered({ inference_call_id: call, payload: payloadOf({ output_items }) });
const requested = (...ordinals: readonly number[]) =>
  patch('inference_calls', 'I1', { request_item_ids: ordinals.map(item) });
const model = given(conversation(schema1));

describe('reasoning', () => {
  const summaryPart = { type: 'summary', text: 'in short' } as const;
  const content = [{ type: 'reasoning_text', text: 'at length' }];
  const summary = [{ type: 'summary_text', text: 'in short' }];
  const reasoning = (fields: object) => ({ type: 'reasoning', encrypted_content: 'blob', ...fields });
  const bodyOfFirst = (...parts: readonly ReturnType<typeof text>[]) =>
    patch('conversation_items', item(1), { body: { parts } });

  it('keeps its text, its summary and its encrypted form', () => {
    model
      .after(request('P1'))
      .when(response('I1', reasoning({ summary, content })))
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(1), {
          channel: 'analysis',
          kind: 'reasoning',
          body: { parts: [text('at length'), summaryPart, encoded('blob')] },
        }),
      );
  });

  it('is known by its encrypted form where a request repeats only that', () => {
    model
      .after(request('P1'), response('I1', reasoning({ content })))
      .when(request('P2', reasoning({ summary: [] })))
      .thenWritesTo('inference_calls', requested(1));
  });

  it('becomes readable when its text is seen later', () => {
    model
      .after(request('P1', reasoning({})))
      .when(request('P2', reasoning({ content })))
      .thenWrites(bodyOfFirst(text('at length'), encoded('blob')), requested(1));
  });

  it('gains what was not readable before, text first', () => {
    model
      .after(request('P1', reasoning({ summary })))
      .when(request('P2', reasoning({ content })))
      .thenWritesTo('conversation_items', bodyOfFirst(text('at length'), summaryPart, encoded('blob')));
  });

  it('keeps the readable text that was seen first', () => {
    model
      .after(request('P1', reasoning({ content })))
      .when(request('P2', reasoning({ content: [{ type: 'text', text: 'other' }], summary })))
      .thenWritesTo('conversation_items', bodyOfFirst(text('at length'), summaryPart, encoded('blob')));
  });

  it('without an encrypted form must be the same', () => {
    const open = { type: 'reasoning', content };
    model
      .after(request('P1', open))
      .when(request('P2', { ...open, summary }))
      .thenWritesTo('inference_calls', requested(2));
  });
});

describe('a call id', () => {
  it('that comes back with other content keeps both items', () => {
    model
      .after(request('P1', functionCall('call-1', { cmd: 'cargo test' })))
      .when(request('P2', functionCall('call-1', { cmd: 'cargo check' })))
      .thenReports({ code: 'call_id_reused', entity: 'call-1' })
      .thenWritesTo('conversation_items', inserted('conversation_items', item(2), { call_id: 'call-1' }))
      .thenWritesTo('inference_calls', requested(2));
  });

  it('may name a call and its output, and items of two threads', () => {
    model
      .after(request('P1', functionCall('call-1')))
      .when(request('P2', functionCall('call-1'), functionOutput('call-1')))
      .thenWritesTo('inference_calls', requested(1, 2));
    model
      .after(request('P1', functionCall('call-1', { cmd: 'a' })))
      .when(inT2(functionCall('call-1')))
      .thenWritesTo('inference_calls', requested(2));
  });

  it('may come back with the same content', () => {
    model
      .after(request('P1', functionCall('call-1')))
      .when(request('P2', functionCall('call-1'), functionCall('call-1')))
      .thenWritesTo('inference_calls', requested(1, 2));
  });
});

describe('an image', () => {
  const image = { type: 'input_image', image_url: 'data:' };
  const shown = functionOutput('call-1', [image]);
  const ref = (raw_payload_id: string) =>
    ({ type: 'payload_ref', label: 'input_image', raw_payload_id }) as const;

  it('in an output is taken for the one that was seen, and reported once', () => {
    const first = model.after(request('P1', shown));
    first
      .when(request('P2', shown))
      .thenReports({ code: 'image_repeated', entity: 'call-1' })
      .thenWrites(requested(1));
    first.after(request('P2', shown)).when(request('P3', shown)).thenWrites(requested(1));
  });

  it('in another output of the call is another one', () => {
    const other = functionOutput('call-1', [image, image]);
    model
      .after(request('P1', shown))
      .when(request('P2', other))
      .thenReports('call_id_reused')
      .thenWritesTo('inference_calls', requested(2));
  });

  it('in a message never equals one of another payload', () => {
    const message = { type: 'message', role: 'user', content: [image] };
    model
      .after(request('P1', message))
      .when(request('P2', message))
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(2), { body: { parts: [ref('P2')] } }),
      );
  });

  it('that stands twice in one payload makes two items, as any output would', () => {
    model.when(request('P1', shown, shown)).thenWritesTo('inference_calls', requested(1, 2));
  });
});

describe('an item that is not understood', () => {
  const odd = { type: 'new_item', payload: 'kept' };
  const summary = '{"type":"new_item","payload":"kept"}';

  it('keeps its place and points at its payload', () => {
    model
      .when(request('P1', user('a'), odd))
      .thenReports({ code: 'item_unsupported', line: 1 })
      .thenWritesTo(
        'conversation_items',
        inserted('conversation_items', item(1), {}),
        inserted('conversation_items', item(2), {
          role: 'assistant',
          kind: 'message',
          body: { parts: [{ type: 'json', summary, raw_payload_id: 'P1' }] },
        }),
      );
  });

  it('is recognised in a later request, and reported once', () => {
    model.after(request('P1', odd)).when(request('P2', odd)).thenWrites(requested(1));
  });
});

describe('a producer', () => {
  it('is added to a known item once', () => {
    const again = inferenceAnswered({
      inference_call_id: 'I2',
      payload: payloadOf({ output_items: [user('a')] }),
    });
    model
      .after(request('P1'), response('I1', user('a')))
      .when(again)
      .thenWritesTo('conversation_items', inserted('conversation_items', item(2), {}));
  });
});

describe('the list of a thread', () => {
  it('holds an item once, also where one position is taken twice', () => {
    model
      .when(request('P1', user('a'), user('b')), request('P2', user('b'), user('b')))
      .thenWritesTo('threads', link('threads', 'T1', 'conversation_item_ids', [item(1), item(2)]));
  });

  it('takes additional tools for no item', () => {
    model
      .when(request('P1', { type: 'additional_tools', tools: [] }, user('a')))
      .thenWritesTo('inference_calls', requested(1));
    model.when(request('P1', { type: 'additional_tools' })).thenWritesTo('threads');
  });
});

describe('an id', () => {
  it('counts the items of all threads in the order in which they came', () => {
    model
      .after(request('P1', user('a')))
      .when(inT2(user('b')))
      .thenWritesTo('conversation_items', inserted('conversation_items', item(2), { thread_id: 'T2' }));
  });
});
