import { describe, expect, it } from 'vitest';
import type { TurnRecorder } from '../../src/recorder/index.js';
import { graphOf, recorded } from './trace-root.js';

const start = (turn: TurnRecorder, callId: string, name: string, args = '{}') =>
  turn.startTool({ callId, name, input: { type: 'function', arguments: args } });

const run = (turn: TurnRecorder, callId: string, processId: string | number | null) => {
  const tool = start(turn, callId, 'exec_command');
  tool.commandStarted({ command: [callId], cwd: '/', processId });
  return tool;
};

const write = (turn: TurnRecorder, callId: string, terminal: string) =>
  start(turn, callId, 'write_stdin', `{"session_id":${terminal}}`);

/** Two agents, each in a turn, and how the graph sees their terminals. */
const twoAgents = (schema: 1 | 2) => {
  const { root, warnings } = recorded({ schema });
  const turns = [root.startTurn(), root.startChild({ taskName: 'a' }).startTurn()] as const;
  const toolsOfTerminals = async () => {
    const { terminal_operations, terminal_sessions } = await graphOf(root.bundle);
    return [...terminal_sessions.values()].map(({ operation_ids }) =>
      operation_ids.map((id) => terminal_operations.get(id)?.tool_call_id),
    );
  };
  const messages = () => warnings.map(({ message }) => message);
  return { root, turns, toolsOfTerminals, messages };
};

describe('the target of a write', () => {
  it('may be a command of another agent', async () => {
    const { turns, toolsOfTerminals, messages } = twoAgents(2);
    const command = run(turns[0], 'c', 7);
    write(turns[1], 'w', '7').stdinTarget(command);
    command.commandEnded({ exitCode: 0, output: '' });
    expect(await toolsOfTerminals()).toEqual([['c', 'w']]);
    expect(messages()).toEqual([]);
  });

  it('says nothing of any other tool, which stays in its own process', async () => {
    const { turns, toolsOfTerminals, messages } = twoAgents(2);
    const commands = [run(turns[0], 'c', 7), run(turns[0], 'd', 8)] as const;
    commands[1].stdinTarget(commands[0]);
    for (const command of commands) command.commandEnded({ exitCode: 0, output: '' });
    expect(await toolsOfTerminals()).toEqual([['c'], ['d']]);
    expect(messages()).toEqual([
      expect.stringContaining('stdinTarget is not for tools of the kind exec_command: d'),
    ]);
  });

  it('moves nothing where it is the write itself, or no command', async () => {
    const { turns, toolsOfTerminals, messages } = twoAgents(2);
    const write1 = write(turns[0], 'w', '7');
    write1.stdinTarget(write1);
    write(turns[0], 'v', '8').stdinTarget(start(turns[0], 'x', 'x'));
    expect(await toolsOfTerminals()).toEqual([['w'], ['v']]);
    expect(messages()).toEqual([]);
  });

  it('is left out where it is not recorded, and a later one counts', async () => {
    const { turns, toolsOfTerminals, messages } = twoAgents(2);
    const command = run(turns[0], 'c', 7);
    const writing = write(turns[0], 'w', '8');
    writing.stdinTarget({ id: null });
    writing.stdinTarget({ id: 'unknown' });
    expect(await toolsOfTerminals()).toEqual([['c'], ['w']]);
    writing.stdinTarget(command);
    expect(await toolsOfTerminals()).toEqual([['c', 'w']]);
    expect(messages()).toEqual([expect.stringContaining('names a call that is not recorded: unknown')]);
  });
});

describe('a terminal of schema 1', () => {
  it('belongs to the agent that used it first; a write of another is a tool like any other', async () => {
    const { root, turns, toolsOfTerminals, messages } = twoAgents(1);
    run(turns[0], 'c', 7);
    write(turns[1], 'w', '7');
    write(turns[0], 'v', '"7"');
    write(turns[1], 'own', '8');
    expect(await toolsOfTerminals()).toEqual([['c', 'v'], ['own']]);
    const { tool_calls } = await graphOf(root.bundle);
    expect(tool_calls.get('w')?.kind).toEqual({ type: 'other', name: 'write_stdin' });
    expect(messages()).toEqual([expect.stringContaining('the terminal 7 belongs to thread')]);
  });

  it('is not that of a command of another agent, which runs without one', async () => {
    const { root, turns, toolsOfTerminals, messages } = twoAgents(1);
    write(turns[0], 'w', '7.0');
    run(turns[1], 'c', '7.0').commandEnded({ exitCode: 0, output: 'done' });
    expect(await toolsOfTerminals()).toEqual([['w']]);
    const { terminal_operations } = await graphOf(root.bundle);
    expect(terminal_operations.get('terminal_operation:2')).toMatchObject({
      tool_call_id: 'c',
      terminal_id: null,
      result: { exit_code: 0, stdout: 'done' },
    });
    expect(messages()).toEqual([expect.stringContaining('the terminal 7.0 belongs to thread')]);
  });

  it('is known by its id as it is written', async () => {
    const { turns, toolsOfTerminals } = twoAgents(1);
    run(turns[0], 'c', '\ud800');
    run(turns[1], 'd', '\ud801');
    expect(await toolsOfTerminals()).toEqual([['c']]);
  });
});

it('keeps the terminals of agents apart in schema 2', async () => {
  const { turns, toolsOfTerminals, messages } = twoAgents(2);
  run(turns[0], 'c', 7);
  run(turns[1], 'd', 7);
  write(turns[1], 'w', '7');
  expect(await toolsOfTerminals()).toEqual([['c'], ['d', 'w']]);
  expect(messages()).toEqual([]);
});
