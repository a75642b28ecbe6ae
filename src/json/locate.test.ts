import { describe, expect, it } from 'vitest';
import { elementSlices, isIntegerAt, showsIntegers, showsObjectOfIntegers, sliceAt } from './locate.js';

const TEXT = ' { "a" : [ 1.0 , {"b":"x\\"]}"} , [] ] , "\\u0063" : -0 , "d\\\\" : 12 , "e":1,"e":{"f":2} } ';

describe('sliceAt', () => {
  it.each([
    [[], TEXT.trim()],
    [['a'], '[ 1.0 , {"b":"x\\"]}"} , [] ]'],
    [['a', 0], '1.0'],
    [['a', 1, 'b'], '"x\\"]}"'],
    [['a', 2], '[]'],
    [['c'], '-0'],
    [['d\\'], '12'],
    [['e'], '{"f":2}'],
    [['e', 'f'], '2'],
  ])('finds the source at %j', (path, source) => {
    expect(sliceAt(TEXT, path)).toBe(source);
  });

  it.each([[['x']], [['d\\\\']], [['a', 3]], [['a', 2, 0]], [['a', 'b']], [['c', 'x']], [[0]]])(
    'finds nothing at %j',
    (path) => {
      expect(sliceAt(TEXT, path)).toBeUndefined();
    },
  );
});

describe('elementSlices', () => {
  it('gives the source of every element', () => {
    expect(elementSlices(TEXT, ['a'])).toEqual(['1.0', '{"b":"x\\"]}"}', '[]']);
    expect(elementSlices(TEXT, ['a', 2])).toEqual([]);
  });

  it('gives nothing where there is no array', () => {
    expect(elementSlices(TEXT, ['e'])).toBeUndefined();
    expect(elementSlices(TEXT, ['x'])).toBeUndefined();
  });
});

describe('isIntegerAt', () => {
  it.each([
    ['5', true],
    ['-5', true],
    ['18446744073709551616', true],
    ['-0', false],
    ['5.0', false],
    ['1e1', false],
    ['1E1', false],
    ['"5"', false],
    ['null', false],
  ])('takes %s for an integer: %s', (value, isInteger) => {
    expect(isIntegerAt(`{"n": ${value} }`, ['n'])).toBe(isInteger);
  });

  it('is false where there is no value', () => {
    expect(isIntegerAt('{}', ['n'])).toBe(false);
  });
});

describe('showsIntegers', () => {
  it.each([
    '{"n":5}',
    '{ "n" : 0 , "m":1.5}',
    '{"n":-123456789012345}',
    '{"n":null}',
    '{"m":"\\u001b"}',
    '{"n":1,"m":[{"n":2}]}',
    '{"m":"\\"n\\":1.0"}',
  ])('is certain of %s', (text) => {
    expect(showsIntegers(text, 'n')).toBe(true);
  });

  it.each([
    '{"n":-0}',
    '{"n":5.0}',
    '{"n": 5e1}',
    '{"n":"5"}',
    '{"n":1234567890123456}',
    '{"n":5.0,"n":5}',
    '{"n":5,"n": 5.0}',
    '{"n":5,"m":{"n":5E0}}',
    '{"\\u006e":5.0}',
    '["n",5]',
  ])('is not certain of %s', (text) => {
    expect(showsIntegers(text, 'n')).toBe(false);
  });
});

describe('showsObjectOfIntegers', () => {
  it.each([
    '{"o":{"a":1}}',
    '{ "o" : { "a" : 1 , "b_c" : -2 } , "m":1.5}',
    '{"o":{"a":1},"m":{"o":{"b":0}}}',
  ])('is certain of %s', (text) => {
    expect(showsObjectOfIntegers(text, 'o')).toBe(true);
  });

  it.each([
    '{"o":{}}',
    '{"o":5}',
    '{"o":{"a":1.0}}',
    '{"o":{"a":1,"a":[]}}',
    '{"o":{"a":1,"b":null}}',
    '{"o":{"a":"1"},"o":{"a":1}}',
    '{"o":{"a":1},"\\u006f":{"a":1.0}}',
    '{"o":{"\\u0061":1}}',
  ])('is not certain of %s', (text) => {
    expect(showsObjectOfIntegers(text, 'o')).toBe(false);
  });

  it('takes time in proportion to the text', () => {
    const text = `{"o":{"a":1${' '.repeat(1_000_000)}"`;
    const before = process.cpuUsage();
    expect(showsObjectOfIntegers(text, 'o')).toBe(false);
    // It takes a millisecond or two; to begin anew at each space would take minutes.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
  });
});
