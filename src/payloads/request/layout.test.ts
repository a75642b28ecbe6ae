import { describe, expect, it } from 'vitest';
import { listLayout, requestLayout } from './layout.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The items that a layout finds, as text. */
const itemsOf = (text: string): readonly string[] | undefined => {
  const bytes = bytesOf(text);
  const layout = requestLayout(bytes);
  if (!layout) return undefined;
  const { listStart, itemEnds } = layout;
  return itemEnds.map((end, index) =>
    new TextDecoder().decode(bytes.subarray(itemEnds[index - 1] ?? listStart, end)),
  );
};

describe('the layout of a request', () => {
  it.each([
    ['{"input":[]}', []],
    ['{"input":[{"a":1}]}', ['{"a":1}']],
    ['{"input":[{},{"b":[]}]}', ['{}', ',{"b":[]}']],
    [' { "input" : [ {} , {} ] } ', [' {}', ' , {}']],
    ['{"model":"input","n":-1.5e3,"t":true,"z":null,"input":[{}],"tools":[{"input":[1]}]}', ['{}']],
    ['{"x":{"input":[{}]},"input":[{"y":1}]}', ['{"y":1}']],
    ['{"input":[{"a":"]}"},{"b":"\\"]"},{"c":"\\\\"}]}', ['{"a":"]}"}', ',{"b":"\\"]"}', ',{"c":"\\\\"}']],
    ['{"input":[{"é":"ü😀"}]}', ['{"é":"ü😀"}']],
  ])('of %s has the items %j', (text, items) => {
    expect(itemsOf(text)).toEqual(items);
  });

  it('says where the list begins and ends', () => {
    const text = '{"input": [ {} ] }';
    expect(requestLayout(bytesOf(text))).toEqual({ listStart: 11, itemEnds: [14], listEnd: 15 });
  });

  it.each([
    ['is no object', '[{"input":[]}]'],
    ['has no list', '{"model":"m"}'],
    ['has another input', '{"input":"hi"}'],
    ['has two lists', '{"input":[],"input":[]}'],
    ['continues a response', '{"previous_response_id":"r","input":[]}'],
    ['continues a response, and says so last', '{"input":[],"previous_response_id":null}'],
    ['escapes a key', '{"\\u0069nput":[],"input":[]}'],
    ['has items that are no objects', '{"input":[{},1]}'],
  ])('is unknown where the request %s', (_what, text) => {
    expect(itemsOf(text)).toBeUndefined();
  });
});

describe('a list', () => {
  it('goes on behind the items that are known', () => {
    const bytes = bytesOf('[{},{"a":1},{}]');
    expect(listLayout(bytes, 1, [3])).toEqual({ listStart: 1, itemEnds: [3, 11, 14], listEnd: 14 });
    expect(listLayout(bytes, 1, [3, 11, 14])).toEqual({ listStart: 1, itemEnds: [3, 11, 14], listEnd: 14 });
  });

  it.each(['[{} {}]', '[{}', '[{},]', '[{}}', '[{"a":"b]', '[,{}]', '[{},'])(
    'that is broken has no layout: %s',
    (text) => {
      expect(listLayout(bytesOf(text), 1, [])).toBeUndefined();
    },
  );
});
