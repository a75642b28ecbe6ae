import { describe, expect, it } from 'vitest';
import { parseExact, printExact } from './exact.js';
import { compareUtf8, withSortedKeys } from './order.js';

it('compareUtf8 orders by UTF-8 bytes, which puts astral characters last', () => {
  const sorted = ['', '10', '9', 'B', 'b', 'bb', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '😀'];
  expect([...sorted].reverse().sort(compareUtf8)).toEqual(sorted);
});

it('compareUtf8 is zero for equal texts only', () => {
  expect(compareUtf8('😀', '😀')).toBe(0);
  expect(compareUtf8('a', 'a\0')).toBeLessThan(0);
});

describe('a value with sorted keys', () => {
  const sorted = (json: string): string => printExact(withSortedKeys(parseExact(json)));

  it.each([
    ['{"b":1,"a":2}', '{"a":2,"b":1}', 'has them in order'],
    [
      '{"b":{"y":1,"x":[{"q":1,"p":2}]},"a":[]}',
      '{"a":[],"b":{"x":[{"p":2,"q":1}],"y":1}}',
      'at every level',
    ],
    [
      '{"9":1,"10":2,"B":3,"b":4}',
      '{"10":2,"9":1,"B":3,"b":4}',
      'by their bytes, also where they look like indices',
    ],
    ['{"😀":1,"\uffff":2,"é":3}', '{"é":3,"\uffff":2,"😀":1}', 'with astral characters last'],
    ['[3,1,2]', '[3,1,2]', 'and lists as they are'],
    ['{"b":1,"a":2,"b":3}', '{"a":2,"b":3}', 'and a repeated key once'],
    ['{"n":1.50,"m":-0.0,"l":1E5}', '{"l":1e+5,"m":-0.0,"n":1.50}', 'and numbers in their spelling'],
    ['null', 'null', 'or none'],
  ])('%s is %s: %s', (json, expected) => {
    expect(sorted(json)).toBe(expected);
  });

  it('leaves the value that it was made of alone', () => {
    const value = parseExact('{"b":1,"a":2}');
    withSortedKeys(value);
    expect(printExact(value)).toBe('{"b":1,"a":2}');
  });
});
