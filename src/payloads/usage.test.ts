import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { readUsage } from './usage.js';

/** Usage with one counter spelled in this way. */
const withInput = (literal: string, name = 'input_tokens'): string => {
  const counters = ['input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_output_tokens'];
  const members = counters.filter((each) => each !== name).map((each) => `"${each}":1`);
  return `{"token_usage":{${[...members, ...(literal === '' ? [] : [`"${name}":${literal}`])].join(',')}}}`;
};
const input = (literal: string) => readUsage(bodyOf(withInput(literal)))?.input_tokens;

describe('usage', () => {
  it('has five counters', () => {
    const token_usage = {
      input_tokens: 10,
      cached_input_tokens: 1,
      cache_write_input_tokens: 3,
      output_tokens: 5,
      reasoning_output_tokens: 2,
      total_tokens: 15,
    };
    const { total_tokens: _total, ...counters } = token_usage;
    expect(readUsage(bodyOf({ token_usage }))).toEqual(counters);
  });

  it.each([
    ['0', 0],
    ['-0', 0],
    ['-5', 0],
    ['-9223372036854775808', 0],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
  ])('counts %s as %s', (literal, count) => {
    expect(input(literal)).toBe(count);
  });

  it.each([
    '',
    '1.0',
    '1e2',
    '"1"',
    'null',
    'true',
    '[1]',
    '9223372036854775808',
    '-9223372036854775809',
    '1e400',
  ])('is none at all where a counter is %j', (literal) => {
    for (const name of ['input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_output_tokens']) {
      expect(readUsage(bodyOf(withInput(literal, name)))).toBeNull();
    }
  });

  it.each([
    ['', 0],
    ['null', 0],
    ['1.5', 0],
    ['-3', 0],
    ['7', 7],
  ])('takes %j written to the cache as %s', (literal, count) => {
    const usage = readUsage(bodyOf(withInput(literal, 'cache_write_input_tokens')));
    expect(usage?.cache_write_input_tokens).toBe(count);
  });

  it.each([
    ['absent', {}],
    ['null', { token_usage: null }],
    ['a list', { token_usage: [1, 1, 1, 1] }],
  ])('is none where it is %s', (_what, json) => {
    expect(readUsage(bodyOf(json))).toBeNull();
  });

  it('knows a counter by any spelling of its name', () => {
    expect(readUsage(bodyOf(withInput('7', 'input\\u005ftokens')))?.input_tokens).toBe(7);
    const text = withInput('').replace('{"token_usage":{', '{"token_usage":{"input\\u005ftokens":7,');
    expect(readUsage(bodyOf(text))?.input_tokens).toBe(7);
    expect(readUsage(bodyOf(text.replace(':7', ':7.0')))).toBeNull();
  });

  it('takes the last of a repeated counter', () => {
    const text = withInput('1').replace('{"token_usage":{', '{"token_usage":{"input_tokens":5,');
    expect(readUsage(bodyOf(text))?.input_tokens).toBe(1);
  });
});
