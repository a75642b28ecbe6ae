import { describe, expect, it } from 'vitest';
import { text } from '../../../test/helpers/items.js';
import { anonymousItems } from './item-forms.js';
import type { ItemSource } from './model-item.js';
import { contentParts, summarize, textOrJsonPart } from './parts.js';

const source = (json: string): ItemSource => ({
  raw_payload_id: 'P1',
  form: anonymousItems,
  text: () => json,
});
const ref = (label: string) => ({ type: 'payload_ref', label, raw_payload_id: 'P1' });

describe('a summary', () => {
  it.each([
    ['white space', '{ "a" : [ 1 , 2 ] }', '{"a":[1,2]}'],
    ['escapes', '"\\/\\u00e9\\u007f\\u0001"', '"/é\x7f\\u0001"'],
    ['the order of keys', '{"b":1,"10":2,"2":3}', '{"b":1,"10":2,"2":3}'],
    ['a repeated key', '{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
    [
      'numbers',
      '[1.50,1E5,-0,-0.0,18446744073709551616,1e400]',
      '[1.50,1e+5,0,-0.0,18446744073709551616,1e+400]',
    ],
  ])('normalises %s', (_what, json, summary) => {
    expect(summarize(json)).toBe(summary);
  });

  it.each([
    [240, ''],
    [241, '...'],
  ])('of %i bytes ends in %j', (bytes, end) => {
    const json = `"${'x'.repeat(bytes - 2)}"`;
    expect(summarize(json)).toBe(json.slice(0, 240) + end);
  });

  it.each([
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ])('is cut before %s where that does not fit', (character, bytes) => {
    for (let room = 1; room < bytes; room++) {
      const head = 'x'.repeat(239 - room);
      expect(summarize(`"${head}${character}${character}"`)).toBe(`"${head}...`);
    }
    const head = 'x'.repeat(239 - bytes);
    expect(summarize(`"${head}${character}${character}"`)).toBe(`"${head}${character}...`);
  });

  it('says the same of the same text, however often it is asked', () => {
    expect([summarize('[ 1 ]'), summarize('[ 1 ]')]).toEqual(['[1]', '[1]']);
  });
});

describe('a value', () => {
  it('that is JSON text shows its summary, other text itself', () => {
    expect(textOrJsonPart('[ ]', ['a'], source('{}'))).toMatchObject({ type: 'json', summary: '[]' });
    expect(textOrJsonPart('hi', ['a'], source('{}'))).toEqual(text('hi'));
    expect(textOrJsonPart('hi', ['a'], source('{}'))).toEqual(text('hi'));
  });

  it('that is no text shows the source at its path', () => {
    const part = textOrJsonPart({ n: 1.5 }, ['a'], source('{"a":{"n":1.50}}'));
    expect(part).toMatchObject({ type: 'json', summary: '{"n":1.50}' });
  });
});

describe('content', () => {
  it.each([
    [
      'texts',
      [
        { type: 'input_text', text: 'a' },
        { type: 'output_text', text: 'b' },
        { type: 'text', text: 'c' },
      ],
      [text('a'), text('b'), text('c')],
    ],
    ['an empty text', [{ type: 'text', text: '' }], [text('')]],
    [
      'a text that is none',
      [
        { type: 'text', text: 5 },
        { type: 'text', text: 'a' },
      ],
      [text('a')],
    ],
    ['only a text that is none', [{ type: 'text' }], [ref('empty_content')]],
    [
      'anything with a type',
      [{ type: 'input_image' }, { type: 'refusal' }],
      [ref('input_image'), ref('refusal')],
    ],
    [
      'entries without a type',
      [{}, 'text', null, { type: 5 }],
      [ref('content'), ref('content'), ref('content'), ref('content')],
    ],
    ['nothing', [], [ref('empty_content')]],
  ])('shows %s', (_what, content, parts) => {
    expect(contentParts(content, 'content', source('{}'))).toEqual(parts);
  });

  it.each(['text', null, undefined, { type: 'text' }])('is kept in the payload where it is %j', (content) => {
    expect(contentParts(content, 'content', source('{}'))).toEqual([ref('content')]);
  });
});
