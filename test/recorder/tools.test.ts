import { describe, expect, it } from 'vitest';
import { functionOutput } from './items.js';
import { graphOf, recorded } from './trace-root.js';

describe('a tool of the model', () => {
  it('runs a command in a terminal, which a later write finds', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    const run = turn.startTool({
      callId: 'c',
      name: 'exec_command',
      input: { type: 'function', arguments: '{}' },
    });
    run.commandStarted({ command: ['cat', '-'], cwd: '/', processId: 7 });
    run.ended({ output: functionOutput('c', 'running') });
    const args = '{"session_id":"7","chars":"x"}';
    const write = turn.startTool({
      callId: 'w',
      name: 'write_stdin',
      input: { type: 'function', arguments: args },
    });
    write.stdinTarget(run);
    write.runtimeStarted({});
    write.ended({ output: functionOutput('w', 'x') });
    run.commandEnded({ exitCode: null, output: 'x' });
    const { terminal_sessions, terminal_operations } = await graphOf(root.bundle);
    expect([...terminal_sessions.values()]).toMatchObject([
      { operation_ids: ['terminal_operation:1', 'terminal_operation:2'] },
    ]);
    expect(terminal_operations.get('terminal_operation:1')).toMatchObject({
      request: { command: ['cat', '-'], cwd: '/' },
      result: { exit_code: -1, stdout: 'x' },
      execution: { status: 'failed' },
    });
  });

  it('shows its kind, its label and a short preview of what it was called with', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    turn.startTool({ callId: 'a', name: 'apply_patch', input: { type: 'custom', input: 'é'.repeat(161) } });
    turn
      .startTool({
        callId: 'b',
        name: 'add',
        input: { type: 'mcp', server: 's', tool: 'add', raw_arguments: '{}' },
      })
      .mcpCall('m');
    const { tool_calls } = await graphOf(root.bundle);
    expect(tool_calls.get('a')).toMatchObject({
      kind: { type: 'apply_patch' },
      summary: { label: 'apply_patch', input_preview: `${'é'.repeat(160)}...` },
    });
    expect(tool_calls.get('b')).toMatchObject({
      kind: { type: 'mcp', server: 's', tool: 'add' },
      summary: { label: 'mcp:s:add' },
      mcp_call_id: 'm',
    });
  });

  it('is one like any other where a model writes what no reader can read', async () => {
    const { root, warnings } = recorded();
    const turn = root.startTurn('turn');
    const start = (name: string, args: string) =>
      turn.startTool({ callId: args, name, input: { type: 'function', arguments: args } });
    start('write_stdin', '{"session_id":"7"').ended();
    start('wait', '{"seconds":5}').ended();
    const { tool_calls } = await graphOf(root.bundle);
    expect([...tool_calls.values()].map(({ kind }) => kind)).toEqual([
      { type: 'other', name: 'wait' },
      { type: 'other', name: 'write_stdin' },
    ]);
    // The second one goes without its payload: readers look for a cell there.
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('cell_id')]);
  });

  it.each([1, 2] as const)('reports in schema %i only what readers can read', async (schema) => {
    const { root, codes } = recorded({ schema });
    const turn = root.startTurn('turn');
    const start = (callId: string, name: string) =>
      turn.startTool({ callId, name, input: { type: 'function', arguments: '{}' } });
    const command = start('a', 'exec_command');
    command.runtimeStarted({ any: 'report' });
    command.commandStarted({ command: ['ls'], cwd: '/', processId: '' });
    command.runtimeEnded({ any: 'report' });
    start('b', 'send_message').commandStarted({ command: ['ls'], cwd: '/' });
    const spawn = start('c', 'spawn_agent');
    spawn.agentReached({ threadId: 'no UUID' });
    expect(codes()).toEqual(['value_unusable']);
    const { threadId } = root.startChild({ taskName: 'a' });
    spawn.agentReached({ threadId });
    spawn.agentReached({ threadId });
    expect(codes()).toEqual(['value_unusable']);
    start('d', 'spawn_agent').agentReached({ threadId });
    expect(codes()).toEqual(['value_unusable', 'id_repeated']);
    const { tool_calls } = await graphOf(root.bundle);
    const reports = [...tool_calls.values()].map((tool) => tool.raw_runtime_payload_ids.length);
    expect(reports).toEqual([1, 0, 1, 0]);
  });

  it('fails with an error of any kind', async () => {
    const { root } = recorded();
    const turn = root.startTurn('turn');
    const start = (callId: string) =>
      turn.startTool({ callId, name: 'x', input: { type: 'custom', input: '' } });
    start('a').failed(new Error('broken'));
    start('b').failed(Object.create(null));
    start('c').ended({ status: 'cancelled' });
    const { tool_calls } = await graphOf(root.bundle);
    const ends = [...tool_calls.values()].map(({ execution }) => execution.status);
    expect(ends).toEqual(['failed', 'failed', 'cancelled']);
    expect(tool_calls.get('c')?.raw_result_payload_id).toBeNull();
  });
});
