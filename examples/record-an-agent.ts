// Records one turn of an agent, and reduces it: one request to the model, which asks for one command.
//   npx tsx examples/record-an-agent.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replayBundle } from 'rollout-trace/node';
import { recordRollout } from 'rollout-trace/recorder';

const traceRoot = mkdtempSync(path.join(tmpdir(), 'traces-'));
const user = {
  type: 'message',
  id: 'msg_1',
  role: 'user',
  content: [{ type: 'input_text', text: 'Hello?' }],
};
const call = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'shell',
  arguments: '{"cmd":"node -v"}',
};

const session = recordRollout({ traceRoot, model: 'any' }); // without traceRoot: where the environment says
const turn = session.startTurn();

const attempt = turn.startInference({ model: 'any', provider: 'any', request: () => ({ input: [user] }) });
attempt.completed({ responseId: 'resp_1', outputItems: [call] }); // or failed(error), or cancelled(reason)

const input = { type: 'function', arguments: call.arguments } as const;
const tool = turn.startTool({ callId: call.call_id, name: call.name, input });
tool.commandStarted({ command: ['node', '-v'], cwd: process.cwd() });
const output = execFileSync(process.execPath, ['-v'], { encoding: 'utf8' });
tool.commandEnded({ exitCode: 0, output });
tool.ended({ output: { type: 'function_call_output', call_id: call.call_id, output } });

turn.ended();
session.ended(); // the last end closes the bundle; nothing has to be flushed

const { trace } = await replayBundle(session.bundle ?? '', { strict: true });
for (const { kind, execution } of trace.tool_calls.values()) console.log(kind.type, execution.status);
rmSync(traceRoot, { recursive: true });
