import type { ToolCallKind } from '../../model/tool-kind.js';
import type { CommandCall, PlainCall, WriteCall } from '../session.js';
import type { ActiveTurn, Stage } from './agent.js';
import { processStart } from './dialect.js';
import { functionCall, functionOutput } from './items.js';
import { after } from './script.js';
import {
  answered,
  runtimeEnded,
  runtimeStarted,
  startedAs,
  toolEnded,
  toolStarted,
  type PreparedCall,
} from './tool.js';

/** Element `index` of a list, taken round; undefined of an empty one. */
export const taken = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

export const prepareCommand = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  plan: CommandCall,
): PreparedCall => {
  const { command, staysOpen } = plan;
  const args = { cmd: command };
  const kind = { type: 'exec_command' } as const;
  const processId = 1000 + stage.script.next('process');
  const process = { process_id: String(processId) };
  return {
    item: functionCall('exec_command', id, args),
    start: (...from) =>
      startedAs(toolStarted(stage, turn, { id, kind, name: 'exec_command', args }, after(...from))),
    run(from) {
      const { thread } = turn;
      const end = { details: { ...process, ...stage.dialect.processEnd(plan) } };
      const begun = runtimeStarted(stage, turn, { id, kind }, { ...process, ...processStart(command) }, from);
      const ran = staysOpen ? begun : runtimeEnded(stage, turn, id, end, begun);
      const output = functionOutput(id, staysOpen ? `process ${processId}` : plan.output);
      const done = toolEnded(stage, turn, id, { result: answered(output) }, ran);
      if (staysOpen) thread.terminals.push({ processId, toolId: id });
      if (staysOpen && plan.exits) {
        thread.beside = after(thread.beside, runtimeEnded(stage, turn, id, end, done));
      }
      return { output, done };
    },
  };
};

export const prepareWrite = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  { terminal: index, chars, fails }: WriteCall,
): PreparedCall | undefined => {
  const terminal = taken(turn.thread.terminals, index);
  if (!terminal) return undefined;
  const args = { session_id: terminal.processId, chars };
  const kind = { type: 'write_stdin' } as const;
  return {
    item: functionCall('write_stdin', id, args),
    start: (...from) =>
      startedAs(toolStarted(stage, turn, { id, kind, name: 'write_stdin', args }, after(...from))),
    run(from) {
      const fields = { tool_call_id: id, exec_tool_call_id: terminal.toolId };
      const targeted = stage.dialect.hasReceipts
        ? stage.script.event(turn, 'stdin_target_resolved', fields, from)
        : from;
      const output = functionOutput(id, `wrote ${chars}`);
      const end = fails
        ? ({ result: { type: 'error', error: 'closed' }, status: 'failed' } as const)
        : { result: answered(output) };
      return { output, done: toolEnded(stage, turn, id, end, targeted) };
    },
  };
};

const kinds: Record<PlainCall['kind'], ToolCallKind> = {
  web: { type: 'web' },
  mcp: { type: 'mcp', server: 'server', tool: 'tool' },
  apply_patch: { type: 'apply_patch' },
  image_generation: { type: 'image_generation' },
  other: { type: 'other', name: 'update_plan' },
};

export const preparePlain = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  { kind: name, output: text, status }: PlainCall,
): PreparedCall => {
  const kind = kinds[name];
  const correlation = { tool_call_id: id, mcp_call_id: `mcp ${id}` };
  return {
    item: functionCall(name, id, {}),
    start: (...from) => startedAs(toolStarted(stage, turn, { id, kind, name, args: {} }, after(...from))),
    run(from) {
      const known =
        name === 'mcp'
          ? stage.script.event(turn, 'mcp_tool_call_correlation_assigned', correlation, from)
          : from;
      const begun = runtimeStarted(stage, turn, { id, kind }, { call_id: id }, known);
      const ran = runtimeEnded(stage, turn, id, { details: { call_id: id }, status }, begun);
      const output = functionOutput(id, text);
      return { output, done: toolEnded(stage, turn, id, { result: answered(output), status }, ran) };
    },
  };
};
