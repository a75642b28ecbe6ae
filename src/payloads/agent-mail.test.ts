import { describe, expect, it } from 'vitest';
import { encoded, itemRow, mailText, text } from '../../test/helpers/items.js';
import type { ConversationItem, ConversationPart } from '../model/conversation.js';
import { readMail } from './agent-mail.js';

const route = { author: '/root', recipient: '/root/child' };
const agentMessage = (...parts: readonly ConversationPart[]) =>
  itemRow(1, { role: 'assistant', agent_message: route, body: { parts } });
const said = (words: string, fields: Partial<ConversationItem> = {}) =>
  itemRow(1, { role: 'assistant', body: { parts: [text(words)] }, ...fields });

const mail = { ...route, content: 'hello', other_recipients: [], trigger_turn: true };
const json = (fields: object = {}) => JSON.stringify({ ...mail, ...fields });

describe('an agent message', () => {
  it.each([
    ['one text', [text('hello')], 'hello'],
    ['one encrypted text', [encoded('blob')], 'blob'],
    ['a text with its encrypted form', [text('preview'), encoded('blob')], 'blob'],
  ] as const)('of %s is mail', (_what, parts, content) => {
    expect(readMail(agentMessage(...parts))).toEqual({ ...route, content });
  });

  it.each([
    ['nothing', []],
    ['two texts', [text('a'), text('b')]],
    ['an encrypted text before its text', [encoded('blob'), text('a')]],
    ['three parts', [text('a'), encoded('b'), encoded('c')]],
  ] as const)('of %s is none', (_what, parts) => {
    expect(readMail(agentMessage(...parts))).toBeUndefined();
  });
});

describe('a message of the assistant', () => {
  it('is mail where its text is JSON of that shape', () => {
    expect(readMail(said(mailText('/root', '/root/child', 'hello')))).toEqual({ ...route, content: 'hello' });
  });

  it('has the encrypted content where there is one', () => {
    expect(readMail(said(json({ encrypted_content: 'blob' })))).toEqual({ ...route, content: 'blob' });
    expect(readMail(said(json({ encrypted_content: '' })))).toEqual({ ...route, content: '' });
    expect(readMail(said(json({ encrypted_content: null })))).toEqual({ ...route, content: 'hello' });
  });

  it.each([
    ['white space around it', ` \n${json()}\t`],
    ['other fields', json({ other: 1.5 })],
    ['a reserved key', json().replace('{', '{"$serde_json::private::Number":"x",')],
    ['no other recipients', json({ other_recipients: undefined })],
    ['further recipients', json({ other_recipients: ['/root/b'] })],
  ])('may be written with %s', (_what, words) => {
    expect(readMail(said(words))).toEqual({ ...route, content: 'hello' });
  });

  it.each([
    ['ordinary text', 'done'],
    ['other JSON', '{"answer":42}'],
    ['an author that is no path', json({ author: '/child' })],
    ['a recipient that is no path', json({ recipient: 'root' })],
    ['a further recipient that is no path', json({ other_recipients: ['b'] })],
    ['null for its further recipients', json({ other_recipients: null })],
    ['no word on a turn', json({ trigger_turn: undefined })],
    ['null for its content', json({ content: null })],
    ['text behind it', `${json()}.`],
    ['a repeated field', json().replace('{', '{"author":"/root",')],
    ['a no-break space before it', `\u00a0${json()}`],
  ])('is none with %s', (_what, words) => {
    expect(readMail(said(words))).toBeUndefined();
  });

  it.each<[string, Partial<ConversationItem>]>([
    ['of the user', { role: 'user' }],
    ['that is reasoning', { kind: 'reasoning' }],
    ['of two parts', { body: { parts: [text(json()), text('')] } }],
    ['of no text', { body: { parts: [encoded(json())] } }],
    ['of no part', { body: { parts: [] } }],
  ])('%s is none', (_what, fields) => {
    expect(readMail(said(json(), fields))).toBeUndefined();
  });
});
