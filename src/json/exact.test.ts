import { describe, expect, it } from 'vitest';
import { ExactNumber, ExactObject, JsonSyntaxError, parseExact, printExact, toWire } from './exact.js';

const NUMBER = '"$serde_json::private::Number"';
const RAW = '"$serde_json::private::RawValue"';
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const compact = (text: string): string => printExact(parseExact(text));

function failure(text: string): string {
  try {
    parseExact(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return `${error.message} at ${error.line}:${error.column}`;
    throw error;
  }
  return 'accepted';
}

function number(text: string): ExactNumber {
  const value = parseExact(text);
  if (value instanceof ExactNumber) return value;
  throw new Error(`${text} is no number`);
}

describe('parseExact and printExact', () => {
  it.each([
    ['1.0', '1.0'],
    ['1e100', '1e+100'],
    ['1E5', '1e+5'],
    ['1e+05', '1e+05'],
    ['1.5E-03', '1.5e-03'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['-0e0', '-0e+0'],
    ['0.10', '0.10'],
    ['1e400', '1e+400'],
    ['12345678901234567890', '12345678901234567890'],
    ['123456789012345678901234567890.10', '123456789012345678901234567890.10'],
    ['-9223372036854775809', '-9223372036854775809'],
  ])('spell the number %s as %s', (source, printed) => {
    expect(compact(source)).toBe(printed);
  });

  it('keep keys in the order they are written', () => {
    expect(compact('{ "b":1, "10":2, "2":3, "a":{"z":1,"__proto__":2}, "b":9 }')).toBe(
      '{"b":9,"10":2,"2":3,"a":{"z":1,"__proto__":2}}',
    );
  });

  it('normalise escapes', () => {
    expect(compact('"\\/\\u00e9\\u007f\\u2028\\u001F\\n\\uD83D\\uDE00"')).toBe('"/é\x7f\u2028\\u001f\\n😀"');
  });

  it('accept 127 levels and refuse the 128th', () => {
    expect(compact(nested(127))).toBe(nested(127));
    expect(failure(nested(128))).toBe('recursion limit exceeded at 1:128');
  });

  it.each([
    [`{${NUMBER}:"1.50"}`, '1.50'],
    [`[{"\\u0024serde_json::private::Number" : "1E5"}]`, '[1e+5]'],
    [`{"a":1,${NUMBER}:5}`, `{"a":1,${NUMBER}:5}`],
    [`{${RAW}:" [1, 2] "}`, '[1,2]'],
    [`{${RAW}:"{\\"$serde_json::private::Number\\":\\"-0\\"}"}`, '0'],
    [`[{${RAW}:"${nested(127)}"}]`, `[${nested(127)}]`],
  ])('read the reserved object %s as the value it stands for', (source, printed) => {
    expect(compact(source)).toBe(printed);
  });

  it.each([
    [`{${NUMBER}:"x"}`, 'invalid number'],
    [`{${NUMBER}:" 5"}`, 'invalid number'],
    [`{${NUMBER}:5}`, 'expected string containing a number'],
    [`{${NUMBER}:"5","a":1}`, 'trailing comma'],
    [`{${NUMBER}:"5" 1}`, 'trailing characters'],
    [`{${NUMBER}:"5"`, 'EOF while parsing an object'],
    [`{${RAW}:{"a":1}}`, 'expected raw value'],
    [`{${RAW}:"[1"}`, 'EOF while parsing a list'],
  ])('refuse the reserved object %s', (source, reason) => {
    expect(failure(source)).toContain(reason);
  });
});

describe('JsonSyntaxError', () => {
  it.each([
    ['', 'EOF while parsing a value at 1:0'],
    ['  \n ', 'EOF while parsing a value at 2:1'],
    ['{', 'EOF while parsing an object at 1:1'],
    ['[1', 'EOF while parsing a list at 1:2'],
    ['[1,', 'EOF while parsing a value at 1:3'],
    ['[1,]', 'trailing comma at 1:4'],
    ['{"a":1,}', 'trailing comma at 1:8'],
    ['{"a":1,', 'EOF while parsing a value at 1:7'],
    ['{a:1}', 'key must be a string at 1:2'],
    ['{"a" 1}', 'expected `:` at 1:6'],
    ['[1 2]', 'expected `,` or `]` at 1:4'],
    ['{"a":1 "b":2}', 'expected `,` or `}` at 1:8'],
    ['"abc', 'EOF while parsing a string at 1:4'],
    ['"a\\u12', 'EOF while parsing a string at 1:6'],
    ['"a\\x"', 'invalid escape at 1:4'],
    ['"\\u12G4"', 'invalid escape at 1:7'],
    ['"\\ud800"', 'unexpected end of hex escape at 1:8'],
    ['"\\ud800\\n"', 'unexpected end of hex escape at 1:9'],
    ['"\\udc00"', 'lone leading surrogate in hex escape at 1:7'],
    ['"\\ud800\\u0041"', 'lone leading surrogate in hex escape at 1:13'],
    ['"a\tb"', 'control character (\\u0000-\\u001F) found while parsing a string at 1:3'],
    ['"é\n"', 'control character (\\u0000-\\u001F) found while parsing a string at 2:0'],
    ['tru', 'EOF while parsing a value at 1:3'],
    ['trux', 'expected ident at 1:4'],
    ['nulll', 'trailing characters at 1:5'],
    ['-', 'EOF while parsing a value at 1:1'],
    ['-a', 'invalid number at 1:2'],
    ['01', 'invalid number at 1:2'],
    ['1.x', 'invalid number at 1:3'],
    ['1e+', 'EOF while parsing a value at 1:3'],
    ['1.5ex', 'invalid number at 1:5'],
    ['.5', 'expected value at 1:1'],
    ['\ufeff1', 'expected value at 1:1'],
    ['1\u00a0', 'trailing characters at 1:2'],
    ['{"é😀":x}', 'expected value at 1:11'],
    ['\n[1,\n\n2é,]', 'expected `,` or `]` at 4:2'],
  ])('says of %j: %s', (text, expected) => {
    expect(failure(text)).toBe(expected);
  });

  it('tells the offset of the offending character', () => {
    expect(() => parseExact('["😀", x]')).toThrow(expect.objectContaining({ offset: 7 }));
  });
});

describe('ExactNumber', () => {
  it.each([
    ['18446744073709551615', true],
    ['18446744073709551616', false],
    ['-9223372036854775808', true],
    ['-9223372036854775809', false],
    ['-0', true],
    ['1.0', false],
    ['1e2', false],
  ])('of %s is an integer: %s', (source, isInteger) => {
    expect(number(source).isInteger).toBe(isInteger);
  });

  it('is a bigint only where a double is not exact', () => {
    expect(number('-9007199254740991').asInteger()).toBe(-9007199254740991);
    expect(number('9007199254740992').asInteger()).toBe(9007199254740992n);
    expect(number('5.0').asInteger()).toBeUndefined();
  });
});

describe('ExactObject', () => {
  it('keeps the place of the first and the value of the last of a repeated key, and names the key', () => {
    const object = parseExact('{"a":1,"b":2,"a":null}');
    if (!(object instanceof ExactObject)) throw new Error('no object');
    expect([...object.entries.keys()]).toEqual(['a', 'b']);
    expect(object.get('a')).toBeNull();
    expect(object.get('c')).toBeUndefined();
    expect([...object.repeated]).toEqual(['a']);
  });
});

describe('toWire', () => {
  it('leaves numbers that are no integers as they are spelled', () => {
    expect(toWire(parseExact('[1,5.0,18446744073709551615]'))).toEqual([
      1,
      new ExactNumber('5.0'),
      18446744073709551615n,
    ]);
  });

  it('treats __proto__ as an ordinary key', () => {
    const wire = toWire(parseExact('{"__proto__":{"a":"b"}}'));
    expect(Object.entries(wire ?? {})).toEqual([['__proto__', expect.objectContaining({ a: 'b' })]]);
    expect(wire).not.toHaveProperty('a');
  });
});
