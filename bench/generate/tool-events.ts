import type { EventContext, Json } from './bundle-writer.js';
import type { ItemFields } from './history.js';
import type { Session, Turn } from './session.js';
import type { Process, ToolCall } from './tools.js';

export function toolStarted(session: Session, context: EventContext, tool: ToolCall): void {
  const { name, namespace = null, args, cell } = tool;
  const payload = tool.custom ? { type: 'custom', input: args } : { type: 'function', arguments: args };
  const invocation = session.writer.payload('tool_invocation', {
    tool_name: name,
    tool_namespace: namespace,
    payload,
  });
  session.writer.event(context, 'tool_call_started', {
    tool_call_id: tool.id,
    model_visible_call_id: cell ? null : tool.id,
    code_mode_runtime_tool_id: cell?.runtimeToolId ?? null,
    requester: cell ? { type: 'code_cell', runtime_cell_id: cell.runtimeCellId } : { type: 'model' },
    kind: tool.kind ?? { type: name },
    summary: {
      type: 'generic',
      label: namespace === null ? name : `${namespace}.${name}`,
      input_preview: args.slice(0, 200),
      output_preview: null,
    },
    invocation_payload: invocation,
  });
}

/** The runtime begins to work for a tool call, which goes by `kind`. */
export function runtimeStarted(
  session: Session,
  context: EventContext,
  id: string,
  kind: string,
  details: Json,
): void {
  const payload = session.writer.payload('tool_runtime_event', details);
  const extra = session.dialect.tools.runtimeStart({ type: kind });
  const fields = { tool_call_id: id, ...extra, runtime_payload: payload };
  session.writer.event(context, 'tool_call_runtime_started', fields);
}

export function runtimeEnded(session: Session, context: EventContext, id: string, details: Json): void {
  const payload = session.writer.payload('tool_runtime_event', details);
  const fields = { tool_call_id: id, status: 'completed', runtime_payload: payload };
  session.writer.event(context, 'tool_call_runtime_ended', fields);
}

export function processStarted(session: Session, context: EventContext, process: Process): void {
  const details = session.dialect.tools.processStarted(process);
  runtimeStarted(session, context, process.callId, 'exec_command', details);
}

export function processEnded(
  session: Session,
  context: EventContext,
  process: Process,
  output: string,
): void {
  const nanos = session.random.integer(10_000, 900_000_000);
  const details = session.dialect.tools.processEnded(process, output, nanos);
  runtimeEnded(session, context, process.callId, details);
}

export function toolEnded(session: Session, context: EventContext, id: string, result: Json): void {
  const payload = session.writer.payload('tool_result', result);
  const fields = { tool_call_id: id, status: 'completed', result_payload: payload };
  session.writer.event(context, 'tool_call_ended', fields);
}

/** The end of a tool that the model called itself: its result enters the history. */
export function toolAnswered(session: Session, turn: Turn, id: string, item: ItemFields): void {
  toolEnded(session, turn, id, { type: 'direct_response', response_item: item });
  session.store(turn, item);
}
