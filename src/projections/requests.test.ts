import { describe, expect, it } from 'vitest';
import { payloadHandle, type PayloadHandle } from '../bundle/payload.js';
import { compactionInstalled, missingPayload, payloadOf, payloadRefOf } from '../../test/helpers/facts.js';
import { given } from '../../test/helpers/given.js';
import { modelItems, user } from '../../test/helpers/items.js';
import { inferenceOpened, requestRead } from '../../test/helpers/learned.js';
import { schema1 } from '../schemas/schema-1.js';
import { requests } from './requests.js';

const whole = given(requests(schema1, { sharePrefixes: false }));
const shared = given(requests(schema1, { sharePrefixes: true }));

/** A payload of a store that has bytes, as files have. */
const bytesPayload = (json: unknown, raw_payload_id: string): PayloadHandle => {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return payloadHandle(payloadRefOf(raw_payload_id), { seq: 1 }, () => text, {
    readNow: () => new TextEncoder().encode(text),
    decode,
  });
};
const request = (json: unknown, raw_payload_id = 'P1', thread_id = 'T1') =>
  inferenceOpened({ thread_id, payload: bytesPayload(json, raw_payload_id) });
const of = (...words: readonly string[]) => ({ model: 'm', input: words.map(user) });
const image = { type: 'message', role: 'user', content: [{ type: 'input_image' }] };

/** Whatever the payload, which tests name by their requests. */
const itemsRead = (fields: Parameters<typeof requestRead>[0] = {}) =>
  requestRead({ payload: expect.anything(), ...fields });

describe('the items of a request', () => {
  it('are read in their order', () => {
    whole
      .when(inferenceOpened({ payload: payloadOf(of('a', 'b')) }))
      .thenLearns(itemsRead({ items: modelItems([user('a'), user('b')]) }));
  });

  it('continue a response that the request names', () => {
    whole
      .when(inferenceOpened({ payload: payloadOf({ previous_response_id: 'resp-1', input: [] }) }))
      .thenLearns(itemsRead({ previous_response_id: 'resp-1' }));
  });

  it.each([null, 5, {}])('continue nothing where the request names %j', (previous_response_id) => {
    whole
      .when(inferenceOpened({ payload: payloadOf({ previous_response_id, input: [] }) }))
      .thenLearns(itemsRead());
  });

  it.each([
    ['is not there', payloadOf({ model: 'gpt-test' }), 'request_input_missing', 'I1'],
    ['is no list', payloadOf({ input: 'hi' }), 'request_input_missing', 'I1'],
    ['stands in no object', payloadOf([]), 'request_input_missing', 'I1'],
    ['stands in a missing payload', missingPayload(), 'payload_missing', 'P1'],
    ['stands in no JSON', payloadOf('{'), 'payload_invalid', 'P1'],
  ] as const)('are left out where the input %s', (_what, payload, code, entity) => {
    for (const reading of [whole, shared]) {
      reading.when(inferenceOpened({ payload })).thenReports({ code, entity }).thenLearns();
    }
  });
});

describe('a request that repeats the one before', () => {
  const first = shared.after(request(of('a', 'b')));

  it('is read from where it differs', () => {
    first
      .when(request(of('a', 'b', 'c'), 'P2'))
      .thenLearns(itemsRead({ shared: 2, items: modelItems([user('c')], 'P2') }));
    first
      .when(request(of('a', 'x', 'y'), 'P2'))
      .thenLearns(itemsRead({ shared: 1, items: modelItems([user('x'), user('y')], 'P2') }));
  });

  it('may repeat all of it, or only its beginning', () => {
    first.when(request(of('a', 'b'), 'P2')).thenLearns(itemsRead({ shared: 2 }));
    first.when(request(of('a'), 'P2')).thenLearns(itemsRead({ shared: 1 }));
  });

  it('shares with the last request of its thread, whatever was read before', () => {
    first
      .after(request(of('a', 'b', 'c'), 'P2'), request(of('z'), 'P3', 'T2'))
      .when(request(of('a', 'b', 'c', 'd'), 'P4'))
      .thenLearns(itemsRead({ shared: 3, items: modelItems([user('d')], 'P4') }));
  });

  it('points at its own payload', () => {
    const [read] = first
      .when(request({ ...of('a'), input: [user('a'), image] }, 'P2'))
      .learned('request_read');
    expect(read).toMatchObject({ shared: 1, items: [{ parts: [{ raw_payload_id: 'P2' }] }] });
  });

  it.each([
    ['starts in another way', of('x', 'b')],
    ['has other fields behind its items', { ...of('a', 'b', 'c'), tools: [] }],
    ['has other fields before them', { tools: [], ...of('a', 'b', 'c') }],
    ['continues a response', { ...of('a', 'b'), previous_response_id: 'resp-1' }],
  ])('is read as a whole where it %s', (_what, json) => {
    const [read] = first.when(request(json, 'P2')).learned('request_read');
    expect(read).toMatchObject({ shared: 0, items: { length: json.input.length } });
  });

  it.each([
    ['an incremental one', request({ ...of('a', 'b'), previous_response_id: 'resp-1' }, 'P2')],
    ['one that could not be read', request('{', 'P2')],
    ['a compaction', compactionInstalled()],
  ])('is read as a whole behind %s', (_what, between) => {
    const [read] = first
      .after(between)
      .when(request(of('a', 'b'), 'P3'))
      .learned('request_read');
    expect(read?.shared).toBe(0);
  });

  it('is read as a whole behind a compaction of its thread only', () => {
    const [read] = first
      .after(compactionInstalled({ thread: 'T2' }))
      .when(request(of('a', 'b'), 'P3'))
      .learned('request_read');
    expect(read?.shared).toBe(2);
  });

  it('never shares an item that is known by its payload, nor what stands behind it', () => {
    const json = { input: [user('a'), image, user('b')] };
    const [read] = shared.after(request(json)).when(request(json, 'P2')).learned('request_read');
    expect(read).toMatchObject({ shared: 1, items: { length: 2 } });
  });

  it('counts no item that takes no place', () => {
    const json = { input: [user('a'), { type: 'additional_tools' }, user('b')] };
    const [read] = shared.after(request(json)).when(request(json, 'P2')).learned('request_read');
    expect(read).toMatchObject({ shared: 1, items: { length: 1 } });
  });

  it.each([
    [
      'an item',
      '{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}, oops]}',
    ],
    [
      'the text of an item',
      '{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}, {"a":"\u0001"}]}',
    ],
    [
      'what follows',
      '{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}],}',
    ],
  ])('is reported where %s is no JSON', (_what, text) => {
    shared
      .after(request({ input: [user('a')] }))
      .when(request(text, 'P2'))
      .thenReports({ code: 'payload_invalid', entity: 'P2' })
      .thenLearns();
  });

  it('is the same as one that is read as a whole, whatever its spelling', () => {
    const spellings = [
      '{"input":[{"type":"message","role":"user","content":"a"}]}',
      '{ "input" : [ {"type":"message","role":"user","content":"a"} , {"type":"x","n":1.50} ] }',
      '{"input":[{"type":"message","role":"user","content":"a"}],"input":[]}',
      '{"\\u0069nput":[{"type":"message","role":"user","content":"]"}]}',
      '{"input":[{"type":"message","role":"user","content":"\\"]"},{"a":{"b":[{"c":"}"}]}}],"x":"{"}',
    ];
    for (const text of spellings) {
      const [read] = shared.after(request(text)).when(request(text, 'P2')).learned('request_read');
      const [all] = whole.when(request(text, 'P2')).learned('request_read');
      expect(read?.items).toEqual(all?.items.slice(read?.shared));
    }
  });
});
