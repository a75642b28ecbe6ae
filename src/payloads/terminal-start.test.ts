import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { anyWrite, readRuntimeStart, usableWrite } from './terminal-start.js';

const begin = { command: ['ls', '-l', 'a b'], cwd: '/repo' };
const noLimits = { yield_time_ms: null, max_output_tokens: null };
const written = (args: unknown, dispatch: object = {}) =>
  anyWrite(bodyOf({ tool_name: 'write_stdin', payload: { type: 'function', arguments: args }, ...dispatch }));
const session = (literal: string) => written(`{"session_id":${literal}}`);
const request = { type: 'write_stdin', stdin: '', ...noLimits };

describe('the report that a command begins', () => {
  it('shows the command as one line', () => {
    expect(readRuntimeStart(bodyOf(begin), 'exec_command')).toEqual({
      data: {
        process_id: null,
        request: { type: 'exec_command', ...begin, display_command: 'ls -l a b', ...noLimits },
      },
    });
  });

  it('names the process, or does not yet', () => {
    const read = (process_id: unknown) => readRuntimeStart(bodyOf({ ...begin, process_id }), 'exec_command');
    expect(read('pty-1')).toMatchObject({ data: { process_id: 'pty-1' } });
    expect(read('')).toMatchObject({ data: { process_id: '' } });
    expect(read(null)).toMatchObject({ data: { process_id: null } });
    expect(read(1)).toHaveProperty('issue');
  });

  it('shows what is written to a terminal', () => {
    const read = (interaction_input: unknown) =>
      readRuntimeStart(bodyOf({ ...begin, interaction_input }), 'write_stdin');
    expect(read('y\n')).toEqual({ data: { process_id: null, request: { ...request, stdin: 'y\n' } } });
    expect(read(null)).toEqual({ data: { process_id: null, request } });
  });

  it('may be written as a list of its fields', () => {
    const read = readRuntimeStart(bodyOf(['pty-1', ['ls'], '/repo', null]), 'exec_command');
    expect(read).toMatchObject({ data: { process_id: 'pty-1', request: { display_command: 'ls' } } });
  });

  it.each([
    ['the changes of a patch', { changes: {}, cwd: '/repo' }],
    ['a command that is text', { ...begin, command: 'ls' }],
    ['a word that is no text', { ...begin, command: ['ls', 1] }],
    ['no folder', { command: ['ls'] }],
    ['nothing', 'null'],
  ])('is not read from %s', (_what, json) => {
    expect(readRuntimeStart(bodyOf(json), 'exec_command')).toHaveProperty('issue');
  });
});

describe('the invocation of write_stdin', () => {
  it('names its session, its text and its limits', () => {
    const args = { session_id: 'pty-1', chars: 'hi\n', yield_time_ms: 250, max_output_tokens: 2000 };
    expect(written(JSON.stringify(args))).toEqual({
      data: {
        process_id: 'pty-1',
        request: { type: 'write_stdin', stdin: 'hi\n', yield_time_ms: 250, max_output_tokens: 2000 },
      },
    });
  });

  it('polls where it has no text', () => {
    expect(written('{"session_id":"s","yield_time_ms":null}')).toEqual({
      data: { process_id: 's', request },
    });
  });

  it.each([
    ['"a"', 'a'],
    ['123', '123'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['1.0', '1.0'],
    ['1e2', '1e+2'],
    ['1E2', '1e+2'],
    ['18446744073709551616', '18446744073709551616'],
    ['{"$serde_json::private::Number":"7"}', '7'],
  ])('joins the session %s as %j', (literal, process_id) => {
    expect(session(literal)).toMatchObject({ data: { process_id } });
  });

  it.each(['null', 'true', '""', '[]', '{}', '["s"]'])('does not take %s for a session', (literal) => {
    expect(session(literal)).toHaveProperty('issue');
  });

  it.each([
    ['{}', 'session_id'],
    ['{"session_id":"s","chars":null}', 'chars'],
    ['{"session_id":"s","yield_time_ms":-1}', 'yield_time_ms'],
    ['{"session_id":"s","yield_time_ms":1.0}', 'yield_time_ms'],
    ['{"session_id":"s","yield_time_ms":-0}', 'yield_time_ms'],
    ['{"session_id":"s","max_output_tokens":"1"}', 'max_output_tokens'],
    ['{"session_id":"s","session_id":"s"}', 'session_id'],
    ['{"session_id":"s"} x', ''],
    ['', ''],
  ])('is not read from the arguments %s', (args, member) => {
    expect(written(args)).toEqual({ issue: expect.stringContaining(member) });
  });

  it.each([
    '"$serde_json::private::Number":"x"',
    `"x":${'['.repeat(200)}${']'.repeat(200)}`,
    '"x":"\\ud800"',
  ])('may have the argument %s, which it ignores', (argument) => {
    expect(written(`{${argument},"session_id":"s"}`)).toEqual({ data: { process_id: 's', request } });
  });

  it('may write its arguments as a list', () => {
    expect(written('[5,"hi",1,2]')).toMatchObject({
      data: { process_id: '5', request: { stdin: 'hi', yield_time_ms: 1, max_output_tokens: 2 } },
    });
    expect(written('["s"]')).toHaveProperty('issue');
  });

  it.each([
    ['another tool', { tool_name: 'exec_command' }, 'exec_command'],
    ['another kind of payload', { payload: { type: 'custom', arguments: '{}' } }, 'custom'],
    ['no arguments', { payload: { type: 'function' } }, 'arguments'],
    ['arguments that are no text', { payload: { type: 'function', arguments: {} } }, 'arguments'],
    ['no payload', { payload: null }, 'payload'],
  ])('is not read for %s', (_what, dispatch, word) => {
    expect(written('{"session_id":"s"}', dispatch)).toEqual({ issue: expect.stringContaining(word) });
  });
});

describe('a write that need not be one', () => {
  const dispatched = (dispatch: object) =>
    usableWrite(bodyOf({ tool_name: 'write_stdin', payload: { type: 'function' }, ...dispatch }));
  const usable = (args: string, dispatch: object = {}) =>
    dispatched({ payload: { type: 'function', arguments: args }, ...dispatch });

  it('is read like any other', () => {
    const args = JSON.stringify({ session_id: 1, chars: 'hi', yield_time_ms: 1, max_output_tokens: 2 });
    expect(usable(args)).toEqual({
      data: {
        process_id: '1',
        request: { type: 'write_stdin', stdin: 'hi', yield_time_ms: 1, max_output_tokens: 2 },
      },
    });
  });

  it.each([
    '{}',
    '[]',
    '[5]',
    'null',
    '{',
    '',
    '{"session_id":null}',
    '{"session_id":""}',
    '{"session_id":true}',
    '{"session_id":{}}',
    '{"session_id":["s"]}',
    '{"session_id":"s","chars":null}',
    '{"session_id":"s","chars":1}',
    '{"session_id":"s","yield_time_ms":-1}',
    '{"session_id":"s","yield_time_ms":1.0}',
    '{"session_id":"s","max_output_tokens":"1"}',
    '{"session_id":"s","max_output_tokens":18446744073709551616}',
    '{"session_id":"s","session_id":"s"}',
    '{"session_id":"\\ud800"}',
  ])('writes to no terminal where nobody can use the arguments %s', (args) => {
    expect(usable(args)).toEqual({ data: null });
  });

  it.each([
    ['any arguments', { payload: { type: 'function', arguments: '{"session_id":"s"}' } }],
    ['no arguments', {}],
    ['another kind of payload', { payload: { type: 'custom' } }],
    ['another name', { tool_name: 'write' }],
  ])('writes to no terminal where it is of another namespace, with %s', (_what, dispatch) => {
    expect(dispatched({ tool_namespace: 'mcp', ...dispatch })).toEqual({ data: null });
    expect(dispatched({ tool_namespace: '', ...dispatch })).toEqual({ data: null });
  });

  it('may say that it is of no namespace', () => {
    expect(usable('{"session_id":"s"}', { tool_namespace: null })).toMatchObject({
      data: { process_id: 's' },
    });
  });

  it.each([
    ['another tool', { tool_name: 'exec_command' }, 'exec_command'],
    ['another kind of payload', { payload: { type: 'custom', arguments: '{}' } }, 'custom'],
    ['no arguments', {}, 'arguments'],
    ['arguments that are no text', { payload: { type: 'function', arguments: {} } }, 'arguments'],
    ['no payload', { payload: null }, 'payload'],
    ['a namespace that is no text', { tool_namespace: 7 }, 'tool_namespace'],
  ])('is a problem with %s', (_what, dispatch, word) => {
    expect(dispatched(dispatch)).toEqual({ issue: expect.stringContaining(word) });
  });

  it('may be written as a list of its fields, the namespace in second place', () => {
    const payload = { type: 'function', arguments: '{"session_id":"s"}' };
    const read = (json: unknown) => usableWrite(bodyOf(json));
    expect(read(['write_stdin', null, payload])).toMatchObject({ data: { process_id: 's' } });
    expect(read(['write_stdin', 'mcp', payload])).toEqual({ data: null });
    expect(read(['write_stdin', payload])).toHaveProperty('issue');
    expect(anyWrite(bodyOf(['write_stdin', payload]))).toMatchObject({ data: { process_id: 's' } });
  });

  it('has a namespace in the other form too, which means nothing there', () => {
    expect(written('{"session_id":"s"}', { tool_namespace: 7 })).toMatchObject({ data: { process_id: 's' } });
  });
});
