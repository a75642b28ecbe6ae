import { describe, expect, it } from 'vitest';
import { JsonSyntaxError } from './exact.js';
import { parseJson } from './parse.js';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('parseJson', () => {
  it('gives what JSON.parse gives', () => {
    const text = '{"b":[1,2.5,"\\ud83d\\ude00",null],"2":{"__proto__":true}}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('refuses more than 127 levels of arrays and objects', () => {
    expect(parseJson(`{"a":${nested(126)}}`)).toBeDefined();
    expect(() => parseJson(`{"a":${nested(127)}}`)).toThrow('recursion limit exceeded');
    expect(() => parseJson('{"a":'.repeat(128) + '1' + '}'.repeat(128))).toThrow('recursion limit exceeded');
  });

  it.each([
    '"\\ud800"',
    '"\\udc00"',
    '{"\\uD800":1}',
    '"\\ud83d\\ude00\\ude00"',
    '"\\\\ud83d\\ude00"',
    '"\\ud83d\\\\ude00"',
  ])('refuses the lone surrogate in %s', (text) => {
    expect(() => parseJson(text)).toThrow(/hex escape/);
  });

  it.each(['"\\\\ud800"', '"\\\\\\ud83d\\ude00"', '"\\ud83d\\ude00\\ud83d\\ude00"'])(
    'accepts %s, where nothing is lone',
    (text) => {
      expect(parseJson(text)).toBe(JSON.parse(text));
    },
  );

  it('reads a reserved object as the value it stands for, wherever it is', () => {
    expect(parseJson('{"a":[{"$serde_json::private::Number":"1.5"}],"b":1}')).toEqual({ a: [1.5], b: 1 });
    expect(parseJson('{"$serde_json::private::RawV\\u0061lue":"[1]"}')).toEqual([1]);
    expect(() => parseJson('{"a":{"$serde_json::private::Number":"x"}}')).toThrow('invalid number');
  });

  it('leaves a mention of the reserved key in a string alone', () => {
    const text = JSON.stringify({ code: '{"$serde_json::private::Number":"1"}' });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('refuses a lone surrogate even where a repeated key replaces it', () => {
    expect(() => parseJson('{"a":"\\ud800","a":1}')).toThrow(JsonSyntaxError);
  });

  it('refuses a reserved object that stands for nothing even where a repeated key replaces it', () => {
    expect(() => parseJson('{"a":{"$serde_json::private::Number":"x"},"a":1}')).toThrow('invalid number');
  });

  it('does not count the levels of a value that a repeated key replaces', () => {
    const deep = '['.repeat(200) + ']'.repeat(200);
    expect(parseJson(`{"a":${deep},"a":1}`)).toEqual({ a: 1 });
  });

  it('says where the text goes wrong', () => {
    let caught: unknown;
    try {
      parseJson('{\n  "a": NaN\n}');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(JsonSyntaxError);
    expect(caught).toMatchObject({ message: 'expected value', line: 2, column: 8, offset: 9 });
  });
});
