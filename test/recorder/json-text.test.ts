import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/json/parse.js';
import { jsonText } from '../../src/recorder/json-text.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('the text of a value', () => {
  it('is what readers take for the value', () => {
    const value = { a: [1, 'é\u2028"\\ud800', null], b: { c: '😀', d: '\\"[[{' } };
    expect(parseJson(jsonText(value))).toEqual(value);
  });

  it('has U+FFFD where a surrogate stands alone, and nowhere else', () => {
    expect(JSON.parse(jsonText(['\ud83d', '\udc00a', '😀', '\\ud83d', '\\\ud83d']))).toEqual([
      '\ufffd',
      '\ufffda',
      '😀',
      '\\ud83d',
      '\\\ufffd',
    ]);
  });

  it('has as many levels as readers take, whatever strings look like', () => {
    expect(jsonText(nested(127))).toHaveLength(254);
    expect(() => jsonText(nested(128))).toThrow('more than 127 levels');
    expect(jsonText(Array(300).fill('[{"'))).toContain('[{');
    expect(jsonText(Array.from({ length: 300 }, () => []))).toContain('[],[]');
  });

  it('is not there for what has no JSON form', () => {
    expect(() => jsonText(undefined)).toThrow('undefined has no JSON form');
    expect(() => jsonText(() => 1)).toThrow('function has no JSON form');
  });

  it('may hold text that begins like a reserved key', () => {
    const text = '$serde_json::private::Number';
    expect(jsonText({ text })).toBe(JSON.stringify({ text }));
    expect(() => jsonText({ [text]: '1' })).toThrow('reserved key');
  });
});
