import { describe, expect, it } from 'vitest';
import { encoded, modelItems, text } from '../../../test/helpers/items.js';

const read = (fields: object) => modelItems([{ type: 'reasoning', ...fields }])[0];
const summaryPart = (words: string) => ({ type: 'summary', text: words });

describe('reasoning', () => {
  it('has its texts, then its summaries, then its encrypted form', () => {
    const item = read({
      encrypted_content: 'blob',
      summary: [{ type: 'summary_text', text: 'in short' }],
      content: [
        { type: 'reasoning_text', text: 'first' },
        { type: 'text', text: 'second' },
      ],
    });
    expect(item).toEqual({
      role: 'assistant',
      channel: 'analysis',
      kind: 'reasoning',
      agent_message: null,
      parts: [text('first'), text('second'), summaryPart('in short'), encoded('blob')],
      call_id: null,
      id: null,
      flaw: null,
    });
  });

  it.each([
    ['no content', { summary: [], encrypted_content: 'blob' }],
    ['null for its content', { content: null, encrypted_content: 'blob' }],
    ['an empty content', { content: [], encrypted_content: 'blob' }],
  ])('may have %s', (_what, fields) => {
    expect(read(fields)?.parts).toEqual([encoded('blob')]);
  });

  it('may be readable alone', () => {
    const item = read({ content: [{ type: 'text', text: '' }], encrypted_content: null });
    expect(item?.parts).toEqual([text('')]);
  });

  it.each([
    ['nothing at all', { content: null, summary: [] }],
    ['null for its summary', { summary: null, encrypted_content: 'blob' }],
    ['a content that is no list', { content: 'text' }],
    ['a content without a type', { content: [{ text: 'a' }] }],
    ['a content of another type', { content: [{ type: 'summary_text', text: 'a' }] }],
    ['a content without a text', { content: [{ type: 'text' }] }],
    ['a summary of another type', { summary: [{ type: 'text', text: 'a' }] }],
    ['a summary without a text', { summary: [{ type: 'summary_text', text: 5 }] }],
    ['an encrypted form that is no text', { encrypted_content: 5 }],
  ])('is not understood with %s', (_what, fields) => {
    expect(read(fields)?.flaw).toMatchObject({ code: 'item_unsupported' });
  });
});
