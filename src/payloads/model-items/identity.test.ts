import { describe, expect, it } from 'vitest';
import { encoded, itemRow, text } from '../../../test/helpers/items.js';
import type { ConversationItem, ConversationPart } from '../../model/conversation.js';
import {
  asModelItem,
  identityKey,
  isRepeatedImage,
  isSameContent,
  isSameModelItem,
  mergeReasoning,
  sameParts,
} from './identity.js';

const summary = (words: string): ConversationPart => ({ type: 'summary', text: words });
const json = (words: string, raw_payload_id = 'P1'): ConversationPart => ({
  type: 'json',
  summary: words,
  raw_payload_id,
});
const ref = (label: string, raw_payload_id = 'P1'): ConversationPart => ({
  type: 'payload_ref',
  label,
  raw_payload_id,
});
const code = (source: string): ConversationPart => ({ type: 'code', language: 'javascript', source });

const row = (fields: Partial<ConversationItem> = {}) => itemRow(1, fields);
const withParts = (...parts: readonly ConversationPart[]) => row({ body: { parts } });
const isSame = (a: ConversationItem, b: ConversationItem): boolean => isSameModelItem(a, asModelItem(b));

describe('an item', () => {
  it('is the same wherever and whenever it is seen', () => {
    const other = row({ thread_id: 'T2', codex_turn_id: 'U2', first_seen_at_unix_ms: 9, produced_by: [] });
    expect(isSame(row(), other)).toBe(true);
  });

  it.each<[string, Partial<ConversationItem>]>([
    ['role', { role: 'assistant' }],
    ['channel', { channel: 'final' }],
    ['kind', { kind: 'function_call' }],
    ['call id', { call_id: 'c' }],
    ['author', { agent_message: { author: '/b', recipient: '/r' } }],
    ['recipient', { agent_message: { author: '/a', recipient: '/s' } }],
    ['text', { body: { parts: [text('ho')] } }],
  ])('of another %s is another one', (_what, fields) => {
    const known = row({ agent_message: { author: '/a', recipient: '/r' } });
    expect(isSame(known, { ...known, ...fields })).toBe(false);
  });
});

describe('a body', () => {
  it.each([
    ['text', text('a'), text('a')],
    ['summary', summary('a'), summary('a')],
    ['encoded', encoded('a'), encoded('a')],
    ['code', code('a'), code('a')],
    ['JSON of another payload', json('{}'), json('{}', 'P2')],
    ['payload reference', ref('image'), ref('image')],
  ])('of the same %s is the same', (_what, a, b) => {
    expect(sameParts([a], [b])).toBe(true);
    expect(isSame(withParts(a), withParts(b))).toBe(true);
    expect(identityKey(asModelItem(withParts(a)))).toBe(identityKey(asModelItem(withParts(b))));
  });

  it.each([
    ['text', text('a'), text('b')],
    ['form', text('a'), summary('a')],
    ['blob', encoded('a'), encoded('b')],
    ['label of a blob', encoded('a'), { type: 'encoded', label: 'x', value: 'a' }],
    ['JSON', json('{}'), json('[]')],
    ['source', code('a'), code('b')],
    ['language', code('a'), { type: 'code', language: 'python', source: 'a' }],
    ['payload', ref('image'), ref('image', 'P2')],
    ['label', ref('image'), ref('file')],
  ] as const)('of another %s is another one', (_what, a, b) => {
    expect(sameParts([a], [b])).toBe(false);
    expect(isSame(withParts(a), withParts(b))).toBe(false);
  });

  it('has as many parts, in the same order', () => {
    expect(sameParts([text('a')], [text('a'), text('b')])).toBe(false);
    expect(sameParts([text('a'), text('b')], [text('b'), text('a')])).toBe(false);
    expect(sameParts([], [])).toBe(true);
  });
});

describe('reasoning', () => {
  const reasoning = (...parts: readonly ConversationPart[]) => row({ kind: 'reasoning', body: { parts } });

  it('is the same where its first blob is the same', () => {
    expect(isSame(reasoning(text('a'), encoded('x')), reasoning(encoded('x')))).toBe(true);
    expect(isSame(reasoning(text('a'), encoded('x')), reasoning(text('b'), encoded('x')))).toBe(true);
    expect(isSame(reasoning(encoded('x')), reasoning(encoded('y')))).toBe(false);
    expect(isSame(reasoning(text('a')), reasoning(text('a'), encoded('x')))).toBe(false);
  });

  it('is found by its blob, whatever is readable of it', () => {
    const key = (...parts: readonly ConversationPart[]) => identityKey(asModelItem(reasoning(...parts)));
    expect(key(text('a'), encoded('x'))).toBe(key(encoded('x')));
    expect(key(text('a'))).not.toBe(key(text('b')));
  });

  it('is the only kind that its blob alone identifies', () => {
    expect(isSame(withParts(text('a'), encoded('x')), withParts(encoded('x')))).toBe(false);
  });

  it.each([
    ['nothing new', [text('a'), encoded('x')], [text('a'), encoded('x')], [text('a'), encoded('x')]],
    ['less than before', [text('a'), encoded('x')], [encoded('x')], [text('a'), encoded('x')]],
    ['a text', [encoded('x')], [text('a'), encoded('x')], [text('a'), encoded('x')]],
    [
      'a summary',
      [text('a'), encoded('x')],
      [summary('s'), encoded('x')],
      [text('a'), summary('s'), encoded('x')],
    ],
    [
      'a text before its summary',
      [summary('s'), encoded('x')],
      [text('a'), encoded('x')],
      [text('a'), summary('s'), encoded('x')],
    ],
    [
      'another text',
      [text('a'), encoded('x')],
      [text('b'), summary('s'), encoded('x')],
      [text('a'), summary('s'), encoded('x')],
    ],
    [
      'other readable parts',
      [text('a'), summary('s'), encoded('x')],
      [text('b'), summary('t'), encoded('x')],
      [text('a'), summary('s'), encoded('x')],
    ],
    ['another blob', [encoded('x')], [encoded('x'), encoded('y')], [encoded('x')]],
  ])('that gains %s', (_what, known, incoming, merged) => {
    expect(mergeReasoning(known, incoming)).toEqual(merged);
  });

  it('stays the very same where nothing changes', () => {
    const known = [text('a'), encoded('x')];
    expect(mergeReasoning(known, [text('a'), encoded('x')])).toBe(known);
    expect(mergeReasoning(known, [encoded('x')])).toBe(known);
    expect(mergeReasoning(known, [text('b'), encoded('x')])).toBe(known);
  });
});

describe('an output with an image', () => {
  const output = (...parts: readonly ConversationPart[]) => row({ call_id: 'c', body: { parts } });
  const repeats = (a: ConversationItem, b: ConversationItem) => isRepeatedImage(a, asModelItem(b));

  it('repeats one that differs in the payload of its images alone', () => {
    expect(repeats(output(text('a'), ref('image')), output(text('a'), ref('image', 'P2')))).toBe(true);
  });

  it.each([
    ['other text', output(text('b'), ref('image', 'P2'))],
    ['another label', output(text('a'), ref('file', 'P2'))],
    ['fewer parts', output(ref('image', 'P2'))],
    ['another kind', { ...output(text('a'), ref('image', 'P2')), kind: 'function_call' as const }],
  ])('does not repeat one with %s', (_what, other) => {
    expect(repeats(output(text('a'), ref('image')), other)).toBe(false);
  });

  it('must have an image', () => {
    expect(repeats(output(text('a')), output(text('a')))).toBe(false);
  });
});

describe('the id of the provider', () => {
  const known = row({ responses_item_id: 'i1' });

  it('must not be another one', () => {
    expect(isSame(known, row({ responses_item_id: 'i1' }))).toBe(true);
    expect(isSame(known, row({ responses_item_id: 'i2' }))).toBe(false);
    expect(isSame(known, row({ responses_item_id: '' }))).toBe(false);
  });

  it('may be missing on either side', () => {
    expect(isSame(known, row())).toBe(true);
    expect(isSame(row(), known)).toBe(true);
  });

  it('makes nothing the same that is not', () => {
    expect(isSame(known, { ...known, body: { parts: [text('ho')] } })).toBe(false);
    expect(isSame(known, { ...known, kind: 'reasoning' })).toBe(false);
  });

  it('tells reasoning with the same blob apart', () => {
    const thought = (id: string) =>
      row({ kind: 'reasoning', responses_item_id: id, body: { parts: [encoded('x')] } });
    expect(isSame(thought('r1'), thought('r1'))).toBe(true);
    expect(isSame(thought('r1'), thought('r2'))).toBe(false);
  });

  it('does not count where content alone is compared', () => {
    expect(isSameContent(known, asModelItem(row({ responses_item_id: 'i2' })))).toBe(true);
    expect(isSameContent(known, asModelItem(withParts(text('ho'))))).toBe(false);
  });

  it('is part of no key, because it may be missing', () => {
    expect(identityKey(asModelItem(known))).toBe(identityKey(asModelItem(row())));
  });
});

describe('content with a hash', () => {
  const hashed = (label: string, content_sha256: string, raw_payload_id = 'P1'): ConversationPart => ({
    type: 'payload_ref',
    label,
    raw_payload_id,
    content_sha256,
  });
  const key = (part: ConversationPart) => identityKey(asModelItem(withParts(part)));

  it('is the same in every payload', () => {
    expect(sameParts([hashed('image', 'h')], [hashed('image', 'h', 'P2')])).toBe(true);
    expect(key(hashed('image', 'h'))).toBe(key(hashed('image', 'h', 'P2')));
  });

  it('is another one with another hash or label, and is not what has none', () => {
    expect(sameParts([hashed('image', 'h')], [hashed('image', 'g')])).toBe(false);
    expect(sameParts([hashed('image', 'h')], [hashed('file', 'h')])).toBe(false);
    expect(sameParts([hashed('image', 'P1')], [ref('image')])).toBe(false);
  });
});
