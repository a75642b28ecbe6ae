import { describe, expect, it } from 'vitest';
import {
  cellStarted,
  inferenceCompleted,
  inferenceStarted,
  payloadOf,
  threadStarted,
  toolCallEnded,
  toolCallStarted,
  toolRuntimeBegan,
  toolRuntimeFinished,
  turnStarted,
} from '../../../test/helpers/facts.js';
import { reduceFacts } from '../../../test/helpers/fold.js';
import { functionCall, functionOutput, user } from '../../../test/helpers/items.js';
import { runningSince } from '../../model/execution.js';

const exec = { kind: { type: 'exec_command' } } as const;
const stdin = { kind: { type: 'write_stdin' } } as const;
const opening = [threadStarted(), turnStarted()] as const;
const command = { command: ['cargo', 'test'], cwd: '/repo' };
const ended = { stdout: 'ok\n', stderr: '', exit_code: 0, formatted_output: 'ok\n' };
const writing = (args: object) =>
  payloadOf(
    { tool_name: 'write_stdin', payload: { type: 'function', arguments: JSON.stringify(args) } },
    'P1',
  );

describe('a command', () => {
  it('joins its tool, its operation, its session and what the model saw', () => {
    const followUp = { previous_response_id: 'resp-1', input: [functionOutput('call-1', 'ok\n')] };
    const { trace, diagnostics } = reduceFacts(
      ...opening,
      inferenceStarted({ payload: payloadOf({ input: [user('run tests')] }, 'P1') }),
      inferenceCompleted({ payload: payloadOf({ output_items: [functionCall('call-1')] }, 'P2') }),
      toolCallStarted({ ...exec, model_visible_call_id: 'call-1', payload: payloadOf({}, 'P3') }),
      toolRuntimeBegan({ payload: payloadOf(command, 'P4') }),
      toolRuntimeFinished({ payload: payloadOf({ ...ended, process_id: 'pty-1' }, 'P5') }),
      toolCallEnded({ payload: payloadOf({ type: 'error', error: 'not used' }, 'P6') }),
      turnStarted({ codex_turn_id: 'U2' }),
      inferenceStarted({ inference_call_id: 'I2', codex_turn_id: 'U2', payload: payloadOf(followUp, 'P7') }),
    );
    expect(diagnostics).toEqual([]);
    expect(trace.tool_calls.get('X1')).toMatchObject({
      terminal_operation_id: 'terminal_operation:1',
      summary: { type: 'terminal', operation_id: 'terminal_operation:1' },
      raw_invocation_payload_id: 'P3',
      raw_runtime_payload_ids: ['P4', 'P5'],
      raw_result_payload_id: 'P6',
      model_visible_call_item_ids: ['conversation_item:2'],
      model_visible_output_item_ids: ['conversation_item:3'],
    });
    expect(trace.terminal_operations.get('terminal_operation:1')).toMatchObject({
      terminal_id: 'pty-1',
      execution: { started_seq: 6, ended_seq: 7, status: 'completed' },
      request: { display_command: 'cargo test' },
      result: { ...ended, chunk_id: null },
      model_observations: [
        {
          call_item_ids: ['conversation_item:2'],
          output_item_ids: ['conversation_item:3'],
          source: 'direct_tool_call',
        },
      ],
      raw_payload_ids: ['P4', 'P5'],
    });
    expect(trace.terminal_sessions.get('pty-1')).toEqual({
      terminal_id: 'pty-1',
      thread_id: 'T1',
      created_by_operation_id: 'terminal_operation:1',
      operation_ids: ['terminal_operation:1'],
      execution: runningSince({ seq: 6, time: 1060 }),
    });
  });

  it('shares its session with writes to its process', () => {
    const { trace } = reduceFacts(
      ...opening,
      toolCallStarted(exec),
      toolRuntimeBegan({ payload: payloadOf({ ...command, process_id: 'pty-1' }, 'P1') }),
      toolCallStarted({ ...stdin, tool_call_id: 'X2' }),
      toolRuntimeBegan({
        tool_call_id: 'X2',
        payload: payloadOf({ ...command, process_id: 'pty-1', interaction_input: 'echo hi\n' }, 'P2'),
      }),
    );
    expect(trace.terminal_sessions.get('pty-1')?.operation_ids).toEqual([
      'terminal_operation:1',
      'terminal_operation:2',
    ]);
    expect(trace.terminal_operations.get('terminal_operation:2')).toMatchObject({
      kind: 'write_stdin',
      request: { type: 'write_stdin', stdin: 'echo hi\n' },
      result: null,
    });
  });
});

describe('a write to a terminal', () => {
  it('is made of its invocation and its result where the runtime says nothing', () => {
    const args = { session_id: 123, chars: 'echo hi\n', yield_time_ms: 250, max_output_tokens: 2000 };
    const response = { type: 'direct_response', response_item: { output: 'hi\n' } };
    const { trace } = reduceFacts(
      ...opening,
      toolCallStarted({ ...stdin, payload: writing(args) }),
      toolCallEnded({ payload: payloadOf(response, 'P2') }),
    );
    expect(trace.terminal_operations.get('terminal_operation:1')).toMatchObject({
      terminal_id: '123',
      execution: { started_seq: 3, ended_seq: 4, status: 'completed' },
      request: { stdin: 'echo hi\n', yield_time_ms: 250, max_output_tokens: 2000 },
      result: { stdout: 'hi\n', formatted_output: 'hi\n', exit_code: null },
      raw_payload_ids: ['P1', 'P2'],
    });
    expect(trace.terminal_sessions.keys()).toEqual(['123']);
  });

  it('from JavaScript has the fields that JavaScript got', () => {
    const value = {
      chunk_id: 'abc',
      wall_time_seconds: 1.25,
      exit_code: 0,
      original_token_count: 3,
      output: 'done\n',
    };
    const { trace } = reduceFacts(
      ...opening,
      cellStarted({ runtime_cell_id: 'cell-1' }),
      toolCallStarted({
        ...stdin,
        requester: { type: 'code_cell', runtime_cell_id: 'cell-1' },
        payload: writing({ session_id: 456 }),
      }),
      toolCallEnded({ payload: payloadOf({ type: 'code_mode_response', value }, 'P2') }),
    );
    expect(trace.terminal_operations.get('terminal_operation:1')?.result).toEqual({
      exit_code: 0,
      stdout: 'done\n',
      stderr: '',
      formatted_output: 'done\n',
      original_token_count: 3,
      chunk_id: 'abc',
    });
  });
});
