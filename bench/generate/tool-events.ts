import type { EventContext, Json, JsonObject } from './bundle-writer.js';
import { SEARCH_WORDS } from './random.js';
import type { Session } from './session.js';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The kind as the event has it; most tools go by their own name. */
  readonly kind?: JsonObject;
  readonly args: string;
  /** Set for a tool that a code cell called and that the model never saw. */
  readonly cell?: { readonly runtimeCellId: string; readonly runtimeToolId: string };
}

export interface Command {
  readonly processId: number;
  readonly cmd: string;
}

export function nextCommand(session: Session): Command {
  const { random } = session;
  const search = `rg -n ${JSON.stringify(random.pick(SEARCH_WORDS))} src | head -${random.integer(5, 99)}`;
  const lines = `${random.integer(1, 200)},${random.integer(201, 400)}p`;
  const cmd = `${search} && sed -n '${lines}' src/mod_${random.integer(1, 500)}.rs`;
  return { processId: 1000 + session.next('process'), cmd };
}

export function toolStarted(session: Session, context: EventContext, tool: ToolCall): void {
  const { cell } = tool;
  const invocation = session.writer.payload('tool_invocation', {
    tool_name: tool.name,
    tool_namespace: null,
    payload: { type: 'function', arguments: tool.args },
  });
  session.writer.event(context, 'tool_call_started', {
    tool_call_id: tool.id,
    model_visible_call_id: cell ? null : tool.id,
    code_mode_runtime_tool_id: cell?.runtimeToolId ?? null,
    requester: cell ? { type: 'code_cell', runtime_cell_id: cell.runtimeCellId } : { type: 'model' },
    kind: tool.kind ?? { type: tool.name },
    summary: {
      type: 'generic',
      label: tool.name,
      input_preview: tool.args.slice(0, 200),
      output_preview: null,
    },
    invocation_payload: invocation,
  });
}

export function runtimeStarted(session: Session, context: EventContext, id: string, details: Json): void {
  const payload = session.writer.payload('tool_runtime_event', details);
  session.writer.event(context, 'tool_call_runtime_started', { tool_call_id: id, runtime_payload: payload });
}

export function runtimeEnded(session: Session, context: EventContext, id: string, details: Json): void {
  const payload = session.writer.payload('tool_runtime_event', details);
  const fields = { tool_call_id: id, status: 'completed', runtime_payload: payload };
  session.writer.event(context, 'tool_call_runtime_ended', fields);
}

export function toolEnded(session: Session, context: EventContext, id: string, result: Json): void {
  const payload = session.writer.payload('tool_result', result);
  const fields = { tool_call_id: id, status: 'completed', result_payload: payload };
  session.writer.event(context, 'tool_call_ended', fields);
}

/** The result of a tool that the model itself called: the item that enters the history. */
export function directResult(callId: string, output: string): JsonObject {
  const item = { type: 'function_call_output', call_id: callId, output };
  return { type: 'direct_response', response_item: item };
}

/** The runtime's view of a process that was started. */
export function commandBegin(context: EventContext, callId: string, { processId, cmd }: Command): JsonObject {
  return {
    call_id: callId,
    process_id: String(processId),
    turn_id: context.turnId,
    command: ['/bin/bash', '-lc', cmd],
    cwd: '/project',
    parsed_cmd: [{ type: 'unknown', cmd }],
    source: 'unified_exec_startup',
  };
}

/** The runtime's view of the same process at its end. */
export function commandEnd(
  session: Session,
  context: EventContext,
  callId: string,
  command: Command,
  output: string,
): JsonObject {
  return {
    ...commandBegin(context, callId, command),
    stdout: output,
    stderr: '',
    aggregated_output: output,
    exit_code: 0,
    duration: { secs: 0, nanos: session.random.integer(10_000, 900_000_000) },
    formatted_output: output,
    status: 'completed',
  };
}
