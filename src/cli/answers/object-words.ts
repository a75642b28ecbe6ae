import { anchored, rowsOf, threadOf, type ObjectRef } from '../../answers/objects.js';
import type { ConversationItem, ConversationPart } from '../../model/conversation.js';
import type { RolloutTrace, TableName, TraceRows } from '../../model/rollout-trace.js';
import { commandText } from '../command-text.js';
import { counted, duration, oneLine } from '../words.js';

/** What one row of a table is called. */
export const kindWords: { readonly [T in TableName]: string } = {
  threads: 'agent',
  codex_turns: 'turn',
  conversation_items: 'item',
  inference_calls: 'model call',
  code_cells: 'code cell',
  tool_calls: 'tool call',
  terminal_sessions: 'terminal',
  terminal_operations: 'operation',
  compactions: 'compaction',
  compaction_requests: 'compaction request',
  interaction_edges: 'interaction',
  raw_payloads: 'payload',
};

/** What an object is, on one line and made harmless: what a reader wants to know besides its id. */
export const objectWords = (trace: RolloutTrace, { table, id }: ObjectRef): string => {
  switch (table) {
    case 'threads':
      return agentWords(trace, id);
    case 'codex_turns':
      return statusWords(trace.codex_turns.get(id)?.execution);
    case 'conversation_items': {
      const item = rowsOf(trace, table).get(id);
      return item ? `${itemKind(item)}: ${firstLine(itemText(item))}` : '';
    }
    case 'inference_calls':
    case 'compaction_requests': {
      const row = trace[table].get(id);
      return row ? `${oneLine(row.model)}, ${statusWords(row.execution)}` : '';
    }
    case 'code_cells': {
      const row = trace.code_cells.get(id);
      return row ? `${firstLine(row.source_js)}, ${row.runtime_status}` : '';
    }
    case 'tool_calls': {
      const row = rowsOf(trace, table).get(id);
      return row ? `${toolWords(trace, row)}, ${outcomeWords(trace, row)}` : '';
    }
    case 'terminal_sessions': {
      const row = trace.terminal_sessions.get(id);
      return row ? counted(row.operation_ids.length, 'operation') : '';
    }
    case 'terminal_operations': {
      const row = trace.terminal_operations.get(id);
      return row ? `${operationWords(row)}, ${exitWords(row)}` : '';
    }
    case 'compactions': {
      const row = trace.compactions.get(id);
      return row ? `${row.input_item_ids.length} items became ${row.replacement_item_ids.length}` : '';
    }
    case 'interaction_edges':
      return edgeWords(trace, id);
    case 'raw_payloads': {
      const row = trace.raw_payloads.get(id);
      return row ? `${row.kind.type}, ${oneLine(row.path)}` : '';
    }
  }
};

export const agentWords = (trace: RolloutTrace, thread: string | null): string => {
  const row = trace.threads.get(thread ?? '');
  if (!row) return oneLine(thread ?? 'nobody');
  const path = row.agent_path === '' ? row.thread_id : row.agent_path;
  return oneLine(row.nickname === null ? path : `${path} (${row.nickname})`);
};

/** `spawn_agent from /root to /root/check_dates (Ada)`. */
const edgeWords = (trace: RolloutTrace, id: string): string => {
  const edge = trace.interaction_edges.get(id);
  if (!edge) return '';
  const [from, to] = [edge.source, edge.target].map((end) =>
    agentWords(trace, threadOf(trace, anchored(end))),
  );
  return `${edge.kind} from ${from} to ${to}`;
};

/** `completed in 2s`, `running`. */
export const statusWords = (window: TraceRows['codex_turns']['execution'] | undefined): string => {
  if (!window) return '';
  const { status, started_at_unix_ms, ended_at_unix_ms } = window;
  if (ended_at_unix_ms === null) return status === 'running' ? 'never ended' : status;
  return `${status} in ${fineDuration(started_at_unix_ms, ended_at_unix_ms)}`;
};

/** Below ten seconds with milliseconds, because most calls take less. */
export const fineDuration = (...[since, until]: Parameters<typeof duration>): string => {
  const ms = Number(until) - Number(since);
  return ms >= 0 && ms < 10_000 ? `${(ms / 1000).toFixed(3)}s` : duration(since, until);
};

type Tool = TraceRows<2>['tool_calls'];

/** `$ npm test`, `mcp docs.search`, `spawn_agent`. */
export const toolWords = (trace: RolloutTrace, tool: Tool): string => {
  const operation = trace.terminal_operations.get(tool.terminal_operation_id ?? '');
  if (operation) return operationWords(operation);
  const { summary } = tool;
  const input = summary.type === 'generic' ? (summary.input_preview ?? '') : '';
  return input === '' ? toolName(tool) : `${toolName(tool)} ${firstLine(input)}`;
};

/** `exec_command`, `mcp docs.search`, `spawn_agent`. */
export const toolName = ({ kind }: Pick<Tool, 'kind'>): string =>
  oneLine(
    kind.type === 'mcp' ? `mcp ${kind.server}.${kind.tool}` : kind.type === 'other' ? kind.name : kind.type,
  );

/** Of a command its exit code: the tool completes also where the command fails. */
const outcomeWords = (trace: RolloutTrace, { terminal_operation_id, execution }: Tool): string => {
  const operation = trace.terminal_operations.get(terminal_operation_id ?? '');
  return operation ? exitWords(operation) : statusWords(execution);
};

type Operation = TraceRows['terminal_operations'];

export const operationWords = ({ request }: Operation): string => {
  if (request.type === 'exec_command') return `$ ${commandText(request)}`;
  return request.stdin === '' ? 'poll' : `write ${JSON.stringify(oneLine(request.stdin))}`;
};

export const exitWords = ({ result, execution }: Operation): string =>
  result?.exit_code === null || result === null ? statusWords(execution) : `exit code ${result.exit_code}`;

/** `user message`, `function_call_output`: a tool's output says its role already. */
export const itemKind = ({ role, kind }: Pick<ConversationItem, 'role' | 'kind'>): string =>
  kind === 'message' ? `${role} message` : kind;

/** What the model saw of an item, as recorded: not harmless, and of several lines. */
export const itemText = ({ body }: Pick<ConversationItem, 'body'>): string =>
  body.parts.map(partText).join('\n');

const partText = (part: ConversationPart): string => {
  switch (part.type) {
    case 'text':
    case 'summary':
      return part.text;
    case 'code':
      return part.source;
    case 'json':
      return part.summary;
    case 'encoded':
      return `[${part.label}, ${part.value.length} characters]`;
    case 'payload_ref':
      return `[${part.label}, in ${part.raw_payload_id}]`;
  }
};

/** Columns of a text that only reminds of something. */
const REMINDER = 72;

const firstLine = (text: string): string => {
  const line = oneLine(text);
  return line.length > REMINDER ? `${line.slice(0, REMINDER)}…` : line;
};
