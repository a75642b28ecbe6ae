// Records sessions without a pause until it is killed, and says when it begins: see killed.test.ts.
import { recordRollout } from '../../dist/recorder/index.js';

const [traceRoot, sessions] = process.argv.slice(2);
const model = { model: 'm', provider: 'p' };
const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x'.repeat(3000) }] };
const input = { type: 'function', arguments: '{"cmd":"ls"}' };

/** Works on a session, one call at a time. */
function* work(root) {
  // Nobody may be left to kill it.
  for (let n = 0; n < 5_000 && root.bundle !== null; n++) {
    const turn = root.startTurn(`turn ${n}`);
    yield turn.itemsAccepted([{ ...item, id: `item ${n}` }]);
    const attempt = turn.startInference({ ...model, request: { input: [{ ...item, id: `item ${n}` }] } });
    const call = { type: 'function_call', id: `call item ${n}`, call_id: `call ${n}`, name: 'exec_command' };
    yield attempt.completed({ outputItems: [{ ...call, arguments: input.arguments }] });
    const tool = turn.startTool({ callId: `call ${n}`, name: 'exec_command', input });
    yield tool.commandStarted({ command: ['ls'], cwd: '/', processId: n });
    yield tool.commandEnded({ exitCode: 0, output: 'y'.repeat(5000) });
    const output = { type: 'function_call_output', id: `out ${n}`, call_id: `call ${n}`, output: 'y' };
    yield tool.ended({ output });
    const source = `// ${'z'.repeat(9000)}`;
    const code = {
      type: 'custom_tool_call',
      id: `code ${n}`,
      call_id: `code ${n}`,
      name: 'exec',
      input: source,
    };
    yield turn.startInference({ ...model, request: { input: [] } }).completed({ outputItems: [code] });
    const cell = turn.startCodeCell({ cellId: String(n), callId: `code ${n}`, source });
    yield cell.ended({ status: 'completed' });
    yield turn.ended();
  }
}

const works = Array.from({ length: Number(sessions) }, () => work(recordRollout({ traceRoot })));
process.stdout.write('recording');
// By chance, so that each of them is somewhere else.
while (!works[Math.floor(Math.random() * works.length)].next().done);
