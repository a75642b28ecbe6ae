import { describe, expect, it } from 'vitest';
import { type FieldType, JsonSyntaxError, parseStruct, printExact } from './exact.js';

const NUMBER = '"$serde_json::private::Number"';
const RAW = '"$serde_json::private::RawValue"';
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const fields = new Map<string, FieldType>([
  ['id', 'value'],
  ['size', 'typed'],
]);
const read = (text: string): string => printExact(parseStruct(text, fields));
const failure = (text: string): string => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return `${error.message} at ${error.column}`;
    throw error;
  }
};

describe('a struct in text', () => {
  it('keeps its fields in the order they are written', () => {
    expect(read(' { "size" : [ 1.0 ] , "id" : { "a" : -0 } } ')).toBe('{"size":[1.0],"id":{"a":0}}');
  });

  it('names the fields that are repeated, and no other key', () => {
    expect(parseStruct('{"size":1,"x":1,"x":2,"size":3}', fields)).toMatchObject({
      entries: new Map([['size', expect.objectContaining({ literal: '3' })]]),
      repeated: new Set(['size']),
    });
  });

  it.each([
    ['a reserved key', `{${NUMBER}:"x","a":1}`],
    ['a lone surrogate', '"\\ud800"'],
    ['a key that is one', '{"\\udc00":1}'],
    ['many levels', nested(20_000)],
    ['a number that is no double', '1e999'],
  ])('leaves out what no field asks for, such as %s', (_what, value) => {
    expect(read(`{"x": ${value} ,"size":1}`)).toBe('{"size":1}');
    expect(read(`{"size":1,"x":${value}}`)).toBe('{"size":1}');
  });

  it.each([
    ['{"x":[1,],"size":1}', 'trailing comma at 9'],
    ['{"x":"\\x"}', 'invalid escape at 8'],
    ['{"x":01}', 'invalid number at 7'],
    ['{"x":"a\tb"}', 'control character (\\u0000-\\u001F) found while parsing a string at 8'],
    ['{"x":', 'EOF while parsing a value at 5'],
    ['{"x":[1', 'EOF while parsing a list at 7'],
    ['{"x":}', 'expected value at 6'],
    ['{"x":1 2}', 'expected `,` or `}` at 8'],
    ['{"x":1,}', 'trailing comma at 8'],
    ['{"x":1} 2', 'trailing characters at 9'],
    ['{"\\ud800":1}', 'unexpected end of hex escape at 9'],
  ])('is refused where that is no JSON: %s', (text, reason) => {
    expect(failure(text)).toBe(reason);
  });

  it.each([
    ['a number', `{${NUMBER}:"1E5"}`, '1e+5'],
    ['JSON', `[{${RAW}:"[1]"}]`, '[[1]]'],
  ])('has the key that stands for %s in a field that is a value', (_what, value, printed) => {
    expect(read(`{"id":${value}}`)).toBe(`{"id":${printed}}`);
    expect(read(`[${value},1]`)).toBe(`[${printed},1]`);
    expect(read(`{"size":${value}}`)).toBe(`{"size":${value}}`);
    expect(read(`[1,${value}]`)).toBe(`[1,${value}]`);
    expect(read(`{"size":[${value}]}`)).toBe(`{"size":[${value}]}`);
  });

  it('may begin with a reserved key of its own', () => {
    expect(read(`{${NUMBER}:"x","size":1}`)).toBe('{"size":1}');
  });

  it('reads -0 as a double in a field of a type of its own', () => {
    expect(read('{"id":-0,"size":-0}')).toBe('{"id":0,"size":-0.0}');
    expect(read('[-0,-0]')).toBe('[0,-0.0]');
    expect(read('{"size":[-0]}')).toBe('{"size":[0]}');
  });

  it.each(['id', 'size'])('may have 127 levels, itself and its field %s included', (field) => {
    expect(read(`{"${field}":${nested(126)}}`)).toBe(`{"${field}":${nested(126)}}`);
    expect(failure(`{"${field}":${nested(127)}}`)).toContain('recursion limit exceeded');
  });
});
