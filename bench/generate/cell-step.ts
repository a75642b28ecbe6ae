import { cellCall, cellOutput, functionCall, functionOutput } from './history.js';
import type { CellReport } from './schemas/dialect.js';
import type { Session, Turn } from './session.js';
import { processEnded, processStarted, toolAnswered, toolEnded, toolStarted } from './tool-events.js';
import { nextCommand, scriptResult } from './tools.js';

/** A code cell with tools of its own. Half of the cells yield, and the model waits for them. */
export function cellStep(session: Session, turn: Turn): void {
  const { random, writer, dialect } = session;
  const { thread } = turn;
  const id = `call_${session.next('call')}`;
  thread.cells += 1;
  const cellId = String(thread.cells);
  const cell = { runtime_cell_id: cellId };
  const source = cellSource(session, cellId);
  const yields = random.chance(0.5);
  const tool = dialect.cells.tool(id, source);

  session.infer(turn, [session.reasoning(), cellCall(id, source)], () => {
    if (tool) toolStarted(session, turn, tool);
    const started = { ...cell, model_visible_call_id: id, source_js: source };
    writer.event(turn, 'code_cell_started', started);
    if (random.chance(0.5)) nestedCommand(session, turn, cellId);
  });
  for (let left = random.integer(1, 3); left > 0; left -= 1) nestedCommand(session, turn, cellId);

  const report = cellReport(session, cellId, yields);
  const status = yields ? 'yielded' : 'completed';
  const payload = writer.payload('tool_result', dialect.cells.response(report));
  writer.event(turn, 'code_cell_initial_response', { ...cell, status, response_payload: payload });
  if (!yields) cellEnded(session, turn, report);
  const output = cellOutput(id, dialect.cells.shown(report));
  if (tool) toolAnswered(session, turn, id, output);
  else session.store(turn, output);
  if (yields) waitForCell(session, turn, cellId);
}

function cellSource(session: Session, cellId: string): string {
  const { cmd } = nextCommand(session.random, session.next('process'));
  const call = `const result = await tools.exec_command({ cmd: ${JSON.stringify(cmd)} });`;
  return `// cell ${cellId}\n${call}\ntext(result.output);\n/* ${session.texts.output(300)} */`;
}

function cellReport(session: Session, cellId: string, yields: boolean): CellReport {
  let text: string | undefined;
  return { cellId, yields, text: () => (text ??= session.outputText(0.5)) };
}

function cellEnded(session: Session, turn: Turn, report: CellReport): void {
  const { writer, dialect } = session;
  const result = dialect.cells.result(report);
  writer.event(turn, 'code_cell_ended', {
    runtime_cell_id: report.cellId,
    status: 'completed',
    response_payload: result === null ? null : writer.payload('tool_result', result),
  });
}

/** `wait`: the cell goes on with one more tool and ends while the model waits. */
function waitForCell(session: Session, turn: Turn, cellId: string): void {
  const id = `call_${session.next('call')}`;
  const args = JSON.stringify({ cell_id: cellId, yield_time_ms: 1000 });
  session.infer(turn, [functionCall('wait', id, args)]);
  toolStarted(session, turn, { id, name: 'wait', kind: { type: 'other', name: 'wait' }, args });
  nestedCommand(session, turn, cellId);
  const report = cellReport(session, cellId, false);
  cellEnded(session, turn, report);
  toolAnswered(session, turn, id, functionOutput(id, session.dialect.cells.shown(report)));
}

/** A command that the cell runs: its result goes to the script and never to the model. */
function nestedCommand(session: Session, turn: Turn, cellId: string): void {
  const number = session.next('cell-tool');
  const id = `cell_call_${number}`;
  const command = nextCommand(session.random, session.next('process'));
  const process = { ...command, callId: id, turnId: turn.turnId };
  const output = session.outputText(0.5);
  const cell = { runtimeCellId: cellId, runtimeToolId: `tool-${number}` };
  const args = JSON.stringify({ cmd: command.cmd });
  toolStarted(session, turn, { id, name: 'exec_command', args, cell });
  processStarted(session, turn, process);
  processEnded(session, turn, process, output);
  toolEnded(session, turn, id, scriptResult(session.random.hex(6), output));
}
