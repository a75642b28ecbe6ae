import type { CellCall, WaitCellCall } from '../session.js';
import type { ActiveTurn, Stage } from './agent.js';
import { processStart } from './dialect.js';
import { cellCall, cellOutput, functionCall, functionOutput } from './items.js';
import { after, start, type Moment } from './script.js';
import { taken } from './tool-calls.js';
import {
  answered,
  runtimeEnded,
  runtimeStarted,
  startedAs,
  toolEnded,
  toolStarted,
  type PreparedCall,
} from './tool.js';

/** A cell starts with the item that holds its source, which the log may show later. */
export const prepareCell = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  { source, commands, yields, ends }: CellCall,
): PreparedCall => {
  const { script, dialect } = stage;
  const { thread } = turn;
  const handle = String(script.next(`cell ${thread.id}`));
  const response = (text: string) => script.payload('tool_result', { type: 'result', text });
  const ended = (from: Moment): Moment => {
    const fields = {
      runtime_cell_id: handle,
      status: 'completed',
      response_payload: response('end'),
    } as const;
    return script.event(turn, 'code_cell_ended', fields, from);
  };
  return {
    item: cellCall(id, source),
    start(from, race) {
      const kind = { type: 'other', name: 'exec' } as const;
      const called = dialect.hasReceipts
        ? toolStarted(stage, turn, { id, kind, name: 'exec', args: source }, after(from, race))
        : from;
      const fields = { runtime_cell_id: handle, model_visible_call_id: id, source_js: source };
      const begun = script.event(turn, 'code_cell_started', fields, called);
      return { begun, tool: dialect.hasReceipts ? called : start };
    },
    run(from) {
      const nested = commands.map((command) => nestedCommand(stage, turn, handle, command, from));
      const status = yields ? 'yielded' : 'completed';
      const fields = { runtime_cell_id: handle, status, response_payload: response('first') } as const;
      const responded = script.event(
        turn,
        'code_cell_initial_response',
        fields,
        yields ? from : after(from, ...nested),
      );
      const output = cellOutput(id, `${status} ${handle}`);
      const finished = yields && !ends ? start : ended(after(responded, ...nested));
      if (yields) {
        thread.cells.push(handle);
        thread.beside = after(thread.beside, finished, ...nested);
      }
      const seen = yields ? responded : finished;
      const done = dialect.hasReceipts
        ? toolEnded(stage, turn, id, { result: answered(output) }, seen)
        : seen;
      return { output, done };
    },
  };
};

/** A command whose result goes to the script and never to the model. */
const nestedCommand = (
  stage: Stage,
  turn: ActiveTurn,
  cell: string,
  command: string,
  from: Moment,
): Moment => {
  const id = `cell_call_${stage.script.next('cell call')}`;
  const kind = { type: 'exec_command' } as const;
  const started = toolStarted(
    stage,
    turn,
    { id, kind, name: 'exec_command', args: { cmd: command }, cell },
    from,
  );
  const begun = runtimeStarted(stage, turn, { id, kind }, processStart(command), started);
  const end = { details: stage.dialect.processEnd({ command, output: '', exitCode: 0 }) };
  const ran = runtimeEnded(stage, turn, id, end, begun);
  return toolEnded(stage, turn, id, { result: { type: 'code_mode_response', value: { output: '' } } }, ran);
};

export const prepareWaitCell = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  { cell }: WaitCellCall,
): PreparedCall | undefined => {
  const handle = taken(turn.thread.cells, cell);
  if (handle === undefined) return undefined;
  const args = { cell_id: handle };
  const kind = { type: 'other', name: 'wait' } as const;
  return {
    item: functionCall('wait', id, args),
    start: (...from) => startedAs(toolStarted(stage, turn, { id, kind, name: 'wait', args }, after(...from))),
    run(from) {
      const output = functionOutput(id, `waited for ${handle}`);
      return { output, done: toolEnded(stage, turn, id, { result: answered(output) }, from) };
    },
  };
};
