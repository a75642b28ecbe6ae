// Records a session without a pause until it is killed, and says when it begins: see killed.test.ts.
import { recordRollout } from '../../dist/recorder/index.js';

const root = recordRollout({ traceRoot: process.argv[2] });
const model = { model: 'm', provider: 'p' };
const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x'.repeat(3000) }] };
const input = { type: 'function', arguments: '{"cmd":"ls"}' };
process.stdout.write('recording');
// Nobody may be left to kill it.
for (let n = 0; n < 20_000 && root.bundle !== null; n++) {
  const turn = root.startTurn(`turn ${n}`);
  turn.itemsAccepted([{ ...item, id: `item ${n}` }]);
  const attempt = turn.startInference({ ...model, request: { input: [{ ...item, id: `item ${n}` }] } });
  const call = { type: 'function_call', id: `call item ${n}`, call_id: `call ${n}`, name: 'exec_command' };
  attempt.completed({ outputItems: [{ ...call, arguments: input.arguments }] });
  const tool = turn.startTool({ callId: `call ${n}`, name: 'exec_command', input });
  tool.commandStarted({ command: ['ls'], cwd: '/', processId: n });
  tool.commandEnded({ exitCode: 0, output: 'y'.repeat(5000) });
  tool.ended({ output: { type: 'function_call_output', id: `out ${n}`, call_id: `call ${n}`, output: 'y' } });
  const source = `// ${'z'.repeat(9000)}`;
  const code = {
    type: 'custom_tool_call',
    id: `code item ${n}`,
    call_id: `code ${n}`,
    name: 'exec',
    input: source,
  };
  turn.startInference({ ...model, request: { input: [] } }).completed({ outputItems: [code] });
  const cell = turn.startCodeCell({ cellId: String(n), callId: `code ${n}`, source });
  cell.ended({ status: 'completed' });
  turn.ended();
}
