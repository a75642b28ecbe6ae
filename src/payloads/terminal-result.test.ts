import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { separateOutputs } from './command-end.js';
import { readTerminalEnd } from './terminal-result.js';

const end = { stdout: 'out', stderr: 'err', exit_code: 1, formatted_output: 'both' };
const none = {
  exit_code: null,
  stdout: '',
  stderr: '',
  formatted_output: null,
  original_token_count: null,
  chunk_id: null,
};
const shows = (words: string, fields: object = {}) => ({
  data: { process_id: null, result: { ...none, stdout: words, formatted_output: words, ...fields } },
});
const written = (json: unknown) => readTerminalEnd(bodyOf(json), 'write_stdin', separateOutputs);
const direct = (output: string) =>
  written(`{"type":"direct_response","response_item":{"call_id":"c","output":${output}}}`);
const codeMode = (value: string) => written(`{"type":"code_mode_response","value":${value}}`);

describe('the report that a command ended', () => {
  it.each(['exec_command', 'write_stdin'] as const)('gives a %s its result', (kind) => {
    expect(
      readTerminalEnd(bodyOf({ ...end, process_id: 'pty-1', aggregated_output: 'x' }), kind, separateOutputs),
    ).toEqual({
      data: { process_id: 'pty-1', result: { ...none, ...end } },
    });
  });

  it.each([
    ['-1', -1],
    ['-0', 0],
    ['2147483647', 2147483647],
  ])('spells its exit code %s', (literal, exit_code) => {
    const text = JSON.stringify(end).replace('"exit_code":1', `"exit_code":${literal}`);
    expect(readTerminalEnd(bodyOf(text), 'exec_command', separateOutputs)).toMatchObject({
      data: { result: { exit_code } },
    });
  });

  it.each(['2147483648', '1.0', '1e0', 'null', '"0"'])('does not take %s for an exit code', (literal) => {
    const text = JSON.stringify(end).replace('"exit_code":1', `"exit_code":${literal}`);
    expect(readTerminalEnd(bodyOf(text), 'exec_command', separateOutputs)).toEqual({
      issue: expect.stringContaining('exit_code'),
    });
  });

  it.each(['stdout', 'stderr', 'exit_code', 'formatted_output'])('needs %s', (member) => {
    const rest = Object.fromEntries(Object.entries(end).filter(([key]) => key !== member));
    expect(readTerminalEnd(bodyOf(rest), 'exec_command', separateOutputs)).toHaveProperty('issue');
  });

  it('is the only form for a command', () => {
    expect(
      readTerminalEnd(bodyOf({ type: 'error', error: 'boom' }), 'exec_command', separateOutputs),
    ).toHaveProperty('issue');
  });
});

describe('what the dispatcher gave back to the model', () => {
  it.each([
    ['text', '"hi\\n"', 'hi\n'],
    ['an empty text', '""', ''],
    ['texts of a list', '[{"text":"a"},{"image":1},{"text":5},{"text":"b"}]', 'a\nb'],
    ['a number, as it is spelled', '1.50', '1.50'],
    ['an object, compactly', '{ "b":1E5, "10":[true] }', '{"b":1e+5,"10":[true]}'],
  ])('shows %s', (_what, output, words) => {
    expect(direct(output)).toEqual(shows(words));
  });

  it.each(['null', '[]', '[{"text":""}]', '[1]'])('shows the whole item where the output is %s', (output) => {
    expect(direct(output)).toEqual(shows(`{"call_id":"c","output":${output}}`));
  });

  it('shows an item without output, whatever it is', () => {
    expect(written({ type: 'direct_response', response_item: 'hi' })).toEqual(shows('"hi"'));
    expect(written({ type: 'direct_response', response_item: { a: 1 } })).toEqual(shows('{"a":1}'));
  });
});

describe('what the dispatcher gave back to JavaScript', () => {
  it('has the fields of a command', () => {
    const value = '{"chunk_id":"abc","exit_code":0,"original_token_count":3,"output":"done\\n","x":1.5}';
    const fields = { chunk_id: 'abc', exit_code: 0, original_token_count: 3 };
    expect(codeMode(value)).toEqual(shows('done\n', fields));
    expect(codeMode('{"output":"done"}')).toEqual(shows('done'));
  });

  it.each([
    ['text', '"hi"', 'hi'],
    ['null', 'null', 'null'],
    ['a list of texts', '[{"text":"a"}]', 'a'],
    ['an empty list', '[]', '[]'],
    ['an output that is no text', '{"output":5}', '{"output":5}'],
    ['an exit code that is no integer', '{"exit_code":1.0,"output":"x"}', '{"exit_code":1.0,"output":"x"}'],
    [
      'a count that is negative',
      '{"original_token_count":-1,"output":"x"}',
      '{"original_token_count":-1,"output":"x"}',
    ],
  ])('shows %s', (_what, value, words) => {
    expect(codeMode(value)).toEqual(shows(words));
  });
});

describe('an error of the dispatcher', () => {
  it('is shown as the error output', () => {
    const result = { ...none, stderr: 'boom', formatted_output: 'boom' };
    expect(written({ type: 'error', error: 'boom' })).toEqual({ data: { process_id: null, result } });
  });
});

describe('any other answer', () => {
  it.each([
    ['of no type', {}],
    ['of an unknown type', { type: 'indirect_response' }],
    ['without its item', { type: 'direct_response' }],
    ['without its value', { type: 'code_mode_response' }],
    ['with an error that is no text', { type: 'error', error: null }],
    ['that is no object', 'null'],
  ])('%s is not read', (_what, json) => {
    expect(written(json)).toHaveProperty('issue');
  });

  it('is not read where it holds an integer of more than 64 and at most 128 bits', () => {
    expect(direct('18446744073709551615')).toEqual(shows('18446744073709551615'));
    expect(direct('18446744073709551616')).toHaveProperty('issue');
    expect(direct(`${2n ** 128n}`)).toEqual(shows(`${2n ** 128n}`));
    expect(direct('-9223372036854775809')).toHaveProperty('issue');
    expect(direct('18446744073709551616.0')).toEqual(shows('18446744073709551616.0'));
  });
});
