import { cellCall, cellOutput, functionCall, functionOutput } from './history.js';
import type { Session, Turn } from './session.js';
import {
  commandBegin,
  commandEnd,
  directResult,
  nextCommand,
  runtimeEnded,
  runtimeStarted,
  toolEnded,
  toolStarted,
} from './tool-events.js';

/** A code cell with tools of its own. Half of the cells yield, and the model waits for them. */
export function cellStep(session: Session, turn: Turn): void {
  const { random, writer } = session;
  const { thread } = turn;
  const id = `call_${session.next('call')}`;
  thread.cells += 1;
  const cellId = String(thread.cells);
  const cell = { runtime_cell_id: cellId };
  const source = cellSource(session, cellId);
  const yields = random.chance(0.5);

  session.infer(turn, [session.reasoning(), cellCall(id, source)], () => {
    // The cell runs before the response that holds its source is complete: recordings have this order.
    const started = { ...cell, model_visible_call_id: id, source_js: source };
    writer.event(turn, 'code_cell_started', started);
    if (random.chance(0.5)) nestedCommand(session, turn, cellId);
  });
  for (let left = random.integer(1, 3); left > 0; left -= 1) nestedCommand(session, turn, cellId);

  const state = yields ? `running with cell ID ${cellId}` : 'completed';
  const shown = `Script ${state}\nOutput:\n${session.outputText(0.5)}`;
  const response = { type: 'result', content_items: [{ type: 'input_text', text: shown }] };
  const status = yields ? 'yielded' : 'completed';
  const payload = writer.payload('tool_result', response);
  writer.event(turn, 'code_cell_initial_response', { ...cell, status, response_payload: payload });
  if (!yields) cellEnded(session, turn, cellId);
  thread.history.push(cellOutput(id, shown));
  if (yields) waitForCell(session, turn, cellId);
}

function cellSource(session: Session, cellId: string): string {
  const { cmd } = nextCommand(session);
  const call = `const result = await tools.exec_command({ cmd: ${JSON.stringify(cmd)} });`;
  return `// cell ${cellId}\n${call}\ntext(result.output);\n/* ${session.texts.output(300)} */`;
}

function cellEnded(session: Session, turn: Turn, cellId: string): void {
  const fields = { runtime_cell_id: cellId, status: 'completed', response_payload: null };
  session.writer.event(turn, 'code_cell_ended', fields);
}

/** `wait`: the cell goes on with one more tool and ends while the model waits. */
function waitForCell(session: Session, turn: Turn, cellId: string): void {
  const id = `call_${session.next('call')}`;
  const args = JSON.stringify({ cell_id: cellId, yield_time_ms: 1000 });
  session.infer(turn, [functionCall('wait', id, args)]);
  toolStarted(session, turn, { id, name: 'wait', kind: { type: 'other', name: 'wait' }, args });
  nestedCommand(session, turn, cellId);
  cellEnded(session, turn, cellId);
  const shown = `Script completed\nOutput:\n${session.outputText(0.5)}`;
  toolEnded(session, turn, id, directResult(id, shown));
  turn.thread.history.push(functionOutput(id, shown));
}

/** A command that the cell runs: its result goes to the script and never to the model. */
function nestedCommand(session: Session, turn: Turn, cellId: string): void {
  const number = session.next('cell-tool');
  const id = `cell_call_${number}`;
  const command = nextCommand(session);
  const output = session.outputText(0.5);
  const cell = { runtimeCellId: cellId, runtimeToolId: `tool-${number}` };
  const args = JSON.stringify({ cmd: command.cmd });
  toolStarted(session, turn, { id, name: 'exec_command', args, cell });
  runtimeStarted(session, turn, id, commandBegin(turn, id, command));
  runtimeEnded(session, turn, id, commandEnd(session, turn, id, command, output));
  const value = {
    chunk_id: session.random.hex(6),
    wall_time_seconds: 0.01,
    exit_code: 0,
    original_token_count: output.length >> 2,
    output,
  };
  toolEnded(session, turn, id, { type: 'code_mode_response', value });
}
