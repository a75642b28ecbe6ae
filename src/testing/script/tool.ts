import type { ToolCallKind } from '../../model/tool-kind.js';
import type { Turn } from '../session.js';
import type { ActiveTurn, Agent, Stage } from './agent.js';
import type { ItemFields } from './items.js';
import type { Moment } from './script.js';

/** A call of the model that can be played. */
export interface PreparedCall {
  /** The item by which the model asks. */
  readonly item: ItemFields;
  /** `race` decides what a graph makes of the start of a tool, and does not matter to a cell. */
  readonly start: (from: Moment, race: Moment) => StartedCall;
  readonly run: (from: Moment) => CallEnd;
  /** Whether what other agents sent is read behind it. */
  readonly readsMail?: boolean;
}

export interface StartedCall {
  readonly begun: Moment;
  /** The start of the tool; no moment where there is none. */
  readonly tool: Moment;
}

export interface CallEnd {
  /** The item by which the model sees the result. */
  readonly output: ItemFields;
  readonly done: Moment;
}

/** Plays a turn of a child, which ends with an answer if there is one. */
export type PlayTurn = (child: Agent, plan: Turn, answer: string | undefined) => ActiveTurn;

export type ExecutionEnd = 'completed' | 'failed' | 'cancelled';

interface Tool {
  readonly id: string;
  readonly kind: ToolCallKind;
  readonly name: string;
  readonly args: object | string;
  /** Set where a code cell asked. */
  readonly cell?: string;
}

export const toolStarted = (
  { script }: Stage,
  turn: ActiveTurn,
  { id, kind, name, args, cell }: Tool,
  from: Moment,
): Moment => {
  const payload =
    typeof args === 'string'
      ? { type: 'custom', input: args }
      : { type: 'function', arguments: JSON.stringify(args) };
  const fields = {
    tool_call_id: id,
    model_visible_call_id: cell === undefined ? id : null,
    code_mode_runtime_tool_id: cell === undefined ? null : `runtime ${id}`,
    requester:
      cell === undefined
        ? ({ type: 'model' } as const)
        : ({ type: 'code_cell', runtime_cell_id: cell } as const),
    kind,
    summary: { type: 'generic', label: name, input_preview: null, output_preview: null } as const,
    invocation_payload: script.payload('tool_invocation', { tool_name: name, tool_namespace: null, payload }),
  };
  return script.event(turn, 'tool_call_started', fields, from);
};

export const runtimeStarted = (
  { script, dialect }: Stage,
  turn: ActiveTurn,
  { id, kind }: Pick<Tool, 'id' | 'kind'>,
  details: object,
  from: Moment,
): Moment => {
  const runtime_payload = script.payload('tool_runtime_event', details);
  const fields = { tool_call_id: id, ...dialect.runtimeStart(kind), runtime_payload };
  return script.event(turn, 'tool_call_runtime_started', fields, from);
};

export const runtimeEnded = (
  { script }: Stage,
  turn: ActiveTurn,
  id: string,
  { details, status = 'completed' }: { readonly details: object; readonly status?: ExecutionEnd },
  from: Moment,
): Moment => {
  const runtime_payload = script.payload('tool_runtime_event', details);
  const fields = { tool_call_id: id, status, runtime_payload };
  return script.event(turn, 'tool_call_runtime_ended', fields, from);
};

export const toolEnded = (
  { script }: Stage,
  turn: ActiveTurn,
  id: string,
  { result, status = 'completed' }: { readonly result: object; readonly status?: ExecutionEnd },
  from: Moment,
): Moment => {
  const fields = { tool_call_id: id, status, result_payload: script.payload('tool_result', result) };
  return script.event(turn, 'tool_call_ended', fields, from);
};

/** A call that is its tool and no more. */
export const startedAs = (tool: Moment): StartedCall => ({ begun: tool, tool });

export const answered = (output: ItemFields) => ({ type: 'direct_response', response_item: output });
