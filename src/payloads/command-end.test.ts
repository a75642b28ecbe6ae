import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { aggregatedOutput, noResult, separateOutputs } from './command-end.js';
import { readTerminalEnd } from './terminal-result.js';

const separate = { stdout: 'out', stderr: 'err', exit_code: 1, formatted_output: 'both' };

describe('the end of a command with one output', () => {
  const end = (json: unknown) => aggregatedOutput(bodyOf(json));

  it('shows that output as what the command wrote', () => {
    expect(end({ exit_code: 3, aggregated_output: 'out\n', process_id: '7' })).toEqual({
      data: { process_id: '7', result: { ...noResult, exit_code: 3, stdout: 'out\n' } },
    });
  });

  it('needs its exit code alone', () => {
    expect(end({ exit_code: 0 })).toEqual({
      data: { process_id: null, result: { ...noResult, exit_code: 0, stdout: '' } },
    });
    expect(end({ aggregated_output: 'out' })).toEqual({ issue: expect.stringContaining('exit_code') });
  });

  it('says nothing by separate outputs', () => {
    expect(end(separate)).toEqual({
      data: { process_id: null, result: { ...noResult, exit_code: 1, stdout: '' } },
    });
    expect(end({ ...separate, stdout: null, stderr: 5, formatted_output: [] })).toHaveProperty('data');
  });

  it.each([null, 5, []])('must not have the output %j', (aggregated_output) => {
    expect(end({ exit_code: 0, aggregated_output })).toEqual({
      issue: expect.stringContaining('aggregated_output'),
    });
  });

  it('may name no process, or an empty one, but only by text', () => {
    expect(end({ exit_code: 0, process_id: null })).toMatchObject({ data: { process_id: null } });
    expect(end({ exit_code: 0, process_id: '' })).toMatchObject({ data: { process_id: '' } });
    expect(end({ exit_code: 0, process_id: 5 })).toHaveProperty('issue');
  });

  it.each(['2147483648', '1.0', '1e0', 'null', '"0"'])('does not take %s for an exit code', (literal) => {
    expect(end(`{"exit_code":${literal}}`)).toEqual({ issue: expect.stringContaining('exit_code') });
  });

  it('is also what the result of a write may look like', () => {
    const body = bodyOf({ exit_code: 3, aggregated_output: 'out' });
    expect(readTerminalEnd(body, 'write_stdin', aggregatedOutput)).toMatchObject({
      data: { result: { exit_code: 3, stdout: 'out', formatted_output: null } },
    });
    const answer = bodyOf({ type: 'error', error: 'boom' });
    expect(readTerminalEnd(answer, 'write_stdin', aggregatedOutput)).toMatchObject({
      data: { result: { exit_code: null, stderr: 'boom', formatted_output: 'boom' } },
    });
    expect(readTerminalEnd(answer, 'exec_command', aggregatedOutput)).toHaveProperty('issue');
  });
});

describe('the end of a command with separate outputs', () => {
  it('shows both, and not what they were aggregated to', () => {
    expect(separateOutputs(bodyOf({ ...separate, aggregated_output: null }))).toEqual({
      data: { process_id: null, result: { ...noResult, ...separate } },
    });
    expect(separateOutputs(bodyOf({ exit_code: 0, aggregated_output: 'out' }))).toHaveProperty('issue');
  });
});
