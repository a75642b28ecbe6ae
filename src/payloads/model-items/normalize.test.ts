import { describe, expect, it } from 'vitest';
import { encoded, modelItems, modelItemsOf, text } from '../../../test/helpers/items.js';
import type { ModelItem } from './model-item.js';

const read = (item: unknown): ModelItem | undefined => modelItems([item])[0];
const ref = (label: string) => ({ type: 'payload_ref', label, raw_payload_id: 'P1' });
const json = (summary: string) => ({ type: 'json', summary, raw_payload_id: 'P1' });

describe('a message', () => {
  it.each(['system', 'developer', 'user', 'assistant', 'tool'])('of the role %s has that role', (role) => {
    expect(read({ type: 'message', role, content: [{ type: 'input_text', text: 'hi' }] })).toEqual({
      role,
      channel: null,
      kind: 'message',
      agent_message: null,
      parts: [text('hi')],
      call_id: null,
      id: null,
      flaw: null,
    });
  });

  it.each([
    ['commentary', 'commentary'],
    ['final_answer', 'final'],
    ['summary', 'summary'],
    ['partial_answer', null],
    ['analysis', null],
    [null, null],
    [5, null],
  ])('of the phase %j stands in the channel %s', (phase, channel) => {
    expect(read({ type: 'message', role: 'assistant', phase, content: [] })?.channel).toBe(channel);
  });

  it('has no call id', () => {
    expect(read({ type: 'message', role: 'user', call_id: 'c', content: [] })?.call_id).toBeNull();
  });
});

describe('a call', () => {
  it.each([
    ['function_call', { arguments: '{}' }, 'function_call'],
    ['custom_tool_call', { input: 'x' }, 'custom_tool_call'],
    ['tool_search_call', {}, 'function_call'],
    ['web_search_call', {}, 'function_call'],
    ['image_generation_call', {}, 'function_call'],
    ['local_shell_call', {}, 'function_call'],
  ])('%s is of the assistant, in the commentary', (type, fields, kind) => {
    expect(read({ type, call_id: 'c', ...fields })).toMatchObject({
      role: 'assistant',
      channel: 'commentary',
      kind,
      call_id: 'c',
      flaw: null,
    });
  });

  it.each([undefined, null, 5])('has no call id where that is %j', (call_id) => {
    expect(read({ type: 'function_call', arguments: '', call_id })?.call_id).toBeNull();
  });

  it.each([
    ['JSON', '{"cmd": "ls"}', json('{"cmd":"ls"}')],
    ['JSON of one word', ' null\n', json('null')],
    ['no JSON', '{cmd}', text('{cmd}')],
    ['nothing', '', text('')],
    ['JSON and more', '{} x', text('{} x')],
    ['a lone surrogate', '"\\ud800"', text('"\\ud800"')],
    ['128 levels', '['.repeat(128) + ']'.repeat(128), text('['.repeat(128) + ']'.repeat(128))],
    ['127 levels', '['.repeat(127) + ']'.repeat(127), json(`${'['.repeat(127)}${']'.repeat(113)}...`)],
    ['a no-break space first', '\u00a0{}', text('\u00a0{}')],
  ])('of a function shows arguments of %s', (_what, args, part) => {
    expect(read({ type: 'function_call', arguments: args })?.parts).toEqual([part]);
  });

  it.each([
    ['an object', { cmd: 'ls' }, json('{"cmd":"ls"}')],
    ['null', null, json('null')],
    ['nothing', undefined, ref('payload')],
  ])('of a function shows arguments that are %s', (_what, args, part) => {
    expect(read({ type: 'function_call', arguments: args })?.parts).toEqual([part]);
  });

  it('of the tool exec shows JavaScript, of another tool text', () => {
    const call = { type: 'custom_tool_call', input: "text('hi')" };
    expect(read({ ...call, name: 'exec' })?.parts).toEqual([
      { type: 'code', language: 'javascript', source: "text('hi')" },
    ]);
    expect(read({ ...call, name: 'apply_patch' })?.parts).toEqual([text("text('hi')")]);
    expect(read(call)?.parts).toEqual([text("text('hi')")]);
  });

  it('of a custom tool without input shows the whole item', () => {
    expect(read({ type: 'custom_tool_call', input: 5 })?.parts).toEqual([
      json('{"type":"custom_tool_call","input":5}'),
    ]);
  });

  it('that the provider hosts shows the whole item', () => {
    expect(read({ type: 'web_search_call', status: 'done' })?.parts).toEqual([
      json('{"type":"web_search_call","status":"done"}'),
    ]);
  });
});

describe('an output', () => {
  it.each([
    ['function_call_output', 'function_call_output'],
    ['custom_tool_call_output', 'custom_tool_call_output'],
    ['tool_search_output', 'function_call_output'],
    ['mcp_tool_call_output', 'function_call_output'],
  ])('%s is of the tool, in the commentary', (type, kind) => {
    expect(read({ type, call_id: 'c', output: 'ok' })).toMatchObject({
      role: 'tool',
      channel: 'commentary',
      kind,
      call_id: 'c',
    });
  });

  it.each([
    ['text', 'ok', [text('ok')]],
    ['text that looks like JSON', '{}', [text('{}')]],
    [
      'a list of content',
      [{ type: 'input_text', text: 'a' }, { type: 'input_image' }],
      [text('a'), ref('input_image')],
    ],
    ['an empty list', [], [ref('empty_content')]],
    ['an object', { a: 1 }, [json('{"a":1}')]],
    ['null', null, [json('null')]],
    ['a number', 5, [json('5')]],
    ['nothing', undefined, [ref('tool_output')]],
  ])('of a function shows %s', (_what, output, parts) => {
    expect(read({ type: 'function_call_output', output })?.parts).toEqual(parts);
  });

  it('that the provider hosts shows the whole item', () => {
    expect(read({ type: 'mcp_tool_call_output', output: 'ok' })?.parts).toEqual([
      json('{"type":"mcp_tool_call_output","output":"ok"}'),
    ]);
  });
});

describe('a compaction', () => {
  it.each(['compaction', 'compaction_summary', 'context_compaction'])(
    '%s is an encrypted summary',
    (type) => {
      expect(read({ type, encrypted_content: 'blob', call_id: 'c' })).toMatchObject({
        role: 'assistant',
        channel: 'summary',
        kind: 'message',
        parts: [encoded('blob')],
        call_id: null,
        id: null,
      });
    },
  );
});

describe('an agent message', () => {
  const message = { type: 'agent_message', author: '/root', recipient: '/root/a' };
  const hello = { type: 'input_text', text: 'hello' };

  it('says who wrote it to whom', () => {
    const content = [hello, { type: 'encrypted_content', encrypted_content: 'blob' }];
    expect(read({ ...message, content, id: 'a', anything: 1.5 })).toEqual({
      role: 'assistant',
      channel: 'analysis',
      kind: 'message',
      agent_message: { author: '/root', recipient: '/root/a' },
      parts: [text('hello'), encoded('blob')],
      call_id: null,
      id: null,
      flaw: null,
    });
  });

  it('may write its content as lists', () => {
    expect(read({ ...message, content: [['input_text', 'hello']] })?.parts).toEqual([text('hello')]);
  });

  it.each([
    ['no content', {}],
    ['an empty content', { content: [] }],
    ['content of another type', { content: [{ type: 'output_text', text: 'hello' }] }],
    ['content that is no list', { content: 'hello' }],
    ['an author that is no text', { content: [hello], author: null }],
    ['an id that is no text', { content: [hello], id: 5 }],
    ['an integer beyond 64 bits', { content: [hello], n: 2n ** 64n }],
  ])('is not understood with %s', (_what, fields) => {
    const words = JSON.stringify({ ...message, ...fields }, (_key, value: unknown) =>
      typeof value === 'bigint' ? `#${value}#` : value,
    ).replaceAll(/"#(\d+)#"/g, '$1');
    const [item] = modelItemsOf(`{"input":[${words}]}`);
    expect(item?.flaw).toMatchObject({ code: 'item_unsupported' });
  });
});

describe('an item that takes no place', () => {
  it('is the list of additional tools', () => {
    expect(modelItems([{ type: 'additional_tools', tools: [] }])).toEqual([]);
  });
});

describe('an item that is not understood', () => {
  it.each([
    ['no type', {}, 'type'],
    ['a type that is no text', { type: 5 }, 'type'],
    ['an unknown type', { type: 'ghost_snapshot' }, 'ghost_snapshot'],
    ['a message without a role', { type: 'message', content: [] }, 'role'],
    ['a message of an unknown role', { type: 'message', role: 'critic' }, 'critic'],
    ['a compaction that is not encrypted', { type: 'compaction' }, 'encrypted_content'],
    ['reasoning without anything', { type: 'reasoning' }, 'reasoning'],
  ])('keeps its place and its words: %s', (_what, item, word) => {
    expect(read(item)).toEqual({
      role: 'assistant',
      channel: null,
      kind: 'message',
      agent_message: null,
      parts: [json(JSON.stringify(item))],
      call_id: null,
      id: null,
      flaw: { code: 'item_unsupported', message: expect.stringContaining(word) },
    });
  });

  it('keeps a role that is known', () => {
    expect(read({ type: 'new', role: 'user' })?.role).toBe('user');
  });

  it.each(['text', null, 5, ['message']])('may be %j', (item) => {
    expect(read(item)).toMatchObject({
      parts: [json(JSON.stringify(item))],
      flaw: { code: 'item_unsupported' },
    });
  });
});
