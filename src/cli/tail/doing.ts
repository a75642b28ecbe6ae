import type { ExecutionWindow } from '../../model/execution.js';
import type { WireInteger } from '../../model/integers.js';
import type { RolloutTrace, TraceRows } from '../../model/rollout-trace.js';
import { isEnded, type Call } from '../../answers/calls.js';
import type { ThreadView } from './session-view.js';
import { commandText } from '../command-text.js';
import { oneLine } from '../words.js';

/** What an agent does, and since when (Unix milliseconds), where that is known. */
export interface Doing {
  readonly text: string;
  readonly since: WireInteger | null;
  /** Other things that it waits for at the same time. */
  readonly besides: number;
}

export const doing = (trace: RolloutTrace, thread: ThreadView): Doing => {
  const end = thread.row?.execution;
  if (end && isEnded(end)) {
    return { text: end.status === 'completed' ? 'ended' : `ended: ${end.status}`, since: null, besides: 0 };
  }
  const explained = explainedCalls(trace, thread.open);
  const [latest, ...others] = [...thread.open]
    .flatMap(([key, call]) => (explained.has(key) ? [] : (describe(trace, call) ?? [])))
    .toSorted((a, b) => (a.window.started_seq < b.window.started_seq ? 1 : -1));
  if (latest) {
    return { text: latest.text, since: latest.window.started_at_unix_ms, besides: others.length };
  }
  if (thread.openTurns.size > 0) return { text: 'between two steps', since: null, besides: 0 };
  return { text: 'idle', since: thread.restingSince, besides: 0 };
};

/** Keys of calls that another open call says better: the cell of a tool, and the tool that started a cell. */
const explainedCalls = (trace: RolloutTrace, open: ThreadView['open']): ReadonlySet<string> => {
  const explained = new Set<string>();
  for (const [key, { table, id }] of open) {
    const tool = table === 'tool_calls' ? trace.tool_calls.get(id) : undefined;
    if (tool?.requester.type === 'code_cell') explained.add(`code_cells ${tool.requester.code_cell_id}`);
    const cell = tool && 'started_code_cell_id' in tool ? tool.started_code_cell_id : undefined;
    if (cell !== undefined && open.has(`code_cells ${cell}`)) explained.add(key);
  }
  return explained;
};

const describe = (
  trace: RolloutTrace,
  { table, id }: Call,
): { readonly text: string; readonly window: ExecutionWindow } | undefined => {
  const window = trace[table].get(id)?.execution;
  if (!window) return undefined;
  switch (table) {
    case 'inference_calls':
      return { text: 'waiting for the model', window };
    case 'compaction_requests':
      return { text: 'compacting its history', window };
    case 'code_cells':
      return { text: 'running a code cell', window };
    case 'tool_calls': {
      const tool = trace.tool_calls.get(id);
      return tool && { text: toolText(trace, tool), window };
    }
  }
};

type Tool = TraceRows['tool_calls'];

/** `running npm test`: what a tool does, on one line and made harmless. */
export const toolText = (trace: RolloutTrace, tool: Tool): string => {
  const { kind, summary } = tool;
  const agent = 'target_agent_path' in summary ? oneLine(summary.target_agent_path ?? '') : '';
  switch (kind.type) {
    case 'exec_command':
    case 'write_stdin': {
      const operation = trace.terminal_operations.get(tool.terminal_operation_id ?? '');
      if (operation) return operationText(trace, operation);
      return kind.type === 'exec_command' ? 'running a command' : 'writing to a command';
    }
    case 'apply_patch':
      return 'applying a patch';
    case 'mcp':
      return `calling ${oneLine(kind.server)}.${oneLine(kind.tool)}`;
    case 'web':
      return 'searching the web';
    case 'image_generation':
      return 'making an image';
    case 'spawn_agent':
      return `starting ${agent === '' ? 'an agent' : `agent ${agent}`}`;
    case 'assign_agent_task':
      return `giving a task to ${agent === '' ? 'an agent' : `agent ${agent}`}`;
    case 'send_message':
      return `sending a message to ${agent === '' ? 'an agent' : `agent ${agent}`}`;
    case 'wait_agent':
      return `waiting for ${agent === '' ? 'other agents' : `agent ${agent}`}`;
    case 'close_agent':
      return `closing ${agent === '' ? 'an agent' : `agent ${agent}`}`;
    case 'other':
      return `running ${oneLine(kind.name)}`;
  }
};

/** `running npm test`, `writing to npm test`, `waiting for npm test`. */
export const operationText = (trace: RolloutTrace, operation: TraceRows['terminal_operations']): string => {
  const { request, terminal_id } = operation;
  if (request.type === 'exec_command') return `running ${commandText(request)}`;
  const first = trace.terminal_sessions.get(terminal_id ?? '')?.created_by_operation_id;
  const started = trace.terminal_operations.get(first ?? '')?.request;
  const target = started?.type === 'exec_command' ? commandText(started) : 'a command';
  return `${request.stdin === '' ? 'waiting for' : 'writing to'} ${target}`;
};
