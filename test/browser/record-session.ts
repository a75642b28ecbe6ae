import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { recordRollout, type RolloutOptions } from '../../src/recorder/index.js';

export interface RecordedWords {
  /** What the user says. */
  readonly said?: string;
  readonly callId?: string;
  readonly command?: string;
  readonly output?: string;
  readonly children?: number;
  readonly options?: RolloutOptions;
}

/** Records a session of one turn and one command, with its words and ids as they are given. Returns its folder. */
export const recordSession = (
  folder: string,
  { said = 'Go on.', callId = 'call_1', command = 'true', output = '', children = 0, options }: RecordedWords,
): string => {
  const session = recordRollout({
    traceRoot: mkdtempSync(path.join(folder, 'session-')),
    model: 'any',
    ...options,
  });
  const turn = session.startTurn();
  const user = { type: 'message', id: 'msg_1', role: 'user', content: [{ type: 'input_text', text: said }] };
  const call = {
    type: 'function_call',
    id: 'fc_1',
    call_id: callId,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd: command }),
  };
  const attempt = turn.startInference({ model: 'any', provider: 'any', request: { input: [user] } });
  attempt.completed({ responseId: 'resp_1', outputItems: [call] });
  const input = { type: 'function', arguments: call.arguments } as const;
  const tool = turn.startTool({ callId, name: call.name, input });
  tool.commandStarted({ command: ['bash', '-lc', command], cwd: '/' });
  tool.commandEnded({ exitCode: 0, output });
  const answer = { type: 'function_call_output', call_id: callId, output };
  tool.ended({ output: answer });
  turn
    .startInference({ model: 'any', provider: 'any', request: { input: [user, call, answer] } })
    .completed({ outputItems: [] });
  for (let index = 0; index < children; index += 1) {
    const child = session.startChild({ taskName: `task_${index}` });
    child.startTurn().ended();
    child.ended();
  }
  turn.ended();
  session.ended();
  return session.bundle ?? '';
};
