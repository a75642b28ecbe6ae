import { describe, expect, it } from 'vitest';
import {
  agentMessage,
  functionCall,
  functionOutput,
  modelItems,
  text,
  user,
  withId,
} from '../../../test/helpers/items.js';
import type { ConversationPart } from '../../model/conversation.js';
import { contentSha256 } from './content-hash.js';
import { anonymousItems, identifiedItems } from './item-forms.js';
import type { ModelItem } from './model-item.js';

const inSchema1 = (item: unknown): ModelItem | undefined => modelItems([item], 'P1', anonymousItems)[0];
const inSchema2 = (item: unknown): ModelItem | undefined => modelItems([item], 'P1', identifiedItems)[0];
const ref = (label: string, content?: unknown): ConversationPart => ({
  type: 'payload_ref',
  label,
  raw_payload_id: 'P1',
  ...(content !== undefined && { content_sha256: contentSha256(JSON.stringify(content)) }),
});

describe('an identified item', () => {
  it.each([
    ['a message', user('a')],
    ['a call', functionCall('c')],
    ['an output', functionOutput('c')],
    ['an agent message', agentMessage('a')],
  ])('that is %s has the id of the provider, an anonymous one has none', (_what, item) => {
    expect(inSchema2(withId(item, 'i1'))?.id).toBe('i1');
    expect(inSchema2(item)?.id).toBeNull();
    expect(inSchema1(withId(item, 'i1'))?.id).toBeNull();
  });

  it('may have an empty id, but only text is one', () => {
    expect(inSchema2(withId(user('a'), ''))?.id).toBe('');
    for (const id of [null, 7, {}, ['i1']]) expect(inSchema2(withId(user('a'), id))?.id).toBeNull();
  });
});

describe('content that is no text', () => {
  const image = { type: 'input_image', image_url: 'data:' };

  it('is known by its hash, for an anonymous item only by its payload', () => {
    const item = { type: 'message', role: 'user', content: [image, { type: 'input_text', text: 'a' }] };
    expect(inSchema2(item)?.parts).toEqual([ref('input_image', image), text('a')]);
    expect(inSchema1(item)?.parts).toEqual([ref('input_image'), text('a')]);
  });

  it('of an output is known by its hash', () => {
    expect(inSchema2(functionOutput('c', [image]))?.parts).toEqual([ref('input_image', image)]);
  });

  it.each([{ image_url: 'data:' }, 7, 'words', null])(
    'and has no type, such as %j, has a hash too',
    (entry) => {
      const item = { type: 'message', role: 'user', content: [entry] };
      expect(inSchema2(item)?.parts).toEqual([ref('content', entry)]);
    },
  );

  it.each(['words', null, undefined, 7])('is no list, such as %j, and has no hash', (content) => {
    const item = { type: 'message', role: 'user', content };
    expect(inSchema2(item)?.parts).toEqual([ref('content')]);
  });

  it('has no hash where an output is left out', () => {
    expect(inSchema2({ type: 'function_call_output', call_id: 'c' })?.parts).toEqual([ref('tool_output')]);
  });
});

describe('content of which nothing can be used', () => {
  it.each([
    ['an empty list', []],
    ['text that is none', [{ type: 'input_text', text: null }]],
  ])('which is %s has no parts, for an anonymous item it points at the payload', (_what, content) => {
    const item = { type: 'message', role: 'user', content };
    expect(inSchema2(item)?.parts).toEqual([]);
    expect(inSchema1(item)?.parts).toEqual([ref('empty_content')]);
  });

  it('of an output has no parts either', () => {
    expect(inSchema2(functionOutput('c', []))?.parts).toEqual([]);
    expect(inSchema1(functionOutput('c', []))?.parts).toEqual([ref('empty_content')]);
  });
});
