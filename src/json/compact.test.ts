import { describe, expect, it } from 'vitest';
import { compactJson, cutAtBytes, quoteJson } from './compact.js';

describe('compactJson', () => {
  it.each([
    ['{"a":[1,"x"]}', '{"a":[1,"x"]}'],
    [' { "a" : [ 1.0 , 1E5 ] } ', '{"a":[1.0,1e+5]}'],
    ['{"b":1,"1":2}', '{"b":1,"1":2}'],
    ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
    ['"\\u00e9\\/"', '"é/"'],
    ['null', 'null'],
    ['-0', '0'],
    ['{"$serde_json::private::Number":"7"}', '7'],
  ])('prints %s as %s', (text, printed) => {
    expect(compactJson(text)).toBe(printed);
  });

  it.each([
    ['an empty text', ''],
    ['trailing characters', '{} x'],
    ['a leading no-break space', '\u00a01'],
    ['a lone surrogate that JSON.stringify reproduces', '"\\ud800"'],
    ['128 levels', '['.repeat(128) + ']'.repeat(128)],
    ['more levels than JSON.stringify can print', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['an invalid reserved number', '{"$serde_json::private::Number":"x"}'],
    ['a reserved number with company', '{"$serde_json::private::Number":"1","a":2}'],
  ])('gives nothing for %s', (_, text) => {
    expect(compactJson(text)).toBeUndefined();
  });
});

describe('cutAtBytes', () => {
  it('leaves a text of just the limit alone', () => {
    expect(cutAtBytes('éé', 4)).toBe('éé');
    expect(cutAtBytes('x'.repeat(240), 240)).toBe('x'.repeat(240));
  });

  it('cuts at the limit when a character ends there', () => {
    expect(cutAtBytes('ééx', 4)).toBe('éé...');
  });

  it('cuts before a character that crosses the limit', () => {
    expect(cutAtBytes('xéé', 4)).toBe('xé...');
    expect(cutAtBytes('x😀y', 4)).toBe('x...');
    expect(cutAtBytes('😀', 3)).toBe('...');
  });
});

describe('quoteJson', () => {
  it('escapes quotes, backslashes and control characters only', () => {
    expect(quoteJson('"\\/\b\f\n\r\t\0\x1f\x7f\u2028é😀')).toBe(
      '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u2028é😀"',
    );
  });
});
