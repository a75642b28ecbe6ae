import type { TraceRows } from 'rollout-trace';
import type { Link } from '../detail.js';
import { toolLabel, toolLine, toolName } from '../labels.js';
import {
  link,
  links,
  items,
  facts,
  windowFacts,
  terminalBlock,
  edgesAt,
  threadLink,
  type Teller,
} from './parts.js';

export const toolDetail: Teller = (moment, id) => {
  const row = moment.trace.tool_calls.get(id);
  if (!row) return undefined;
  const { trace } = moment;
  const operation = trace.terminal_operations.get(row.terminal_operation_id ?? '');
  const { requester, summary } = row;
  return {
    title: toolName(row.kind),
    subtitle: toolLine(trace, row),
    status: row.execution.status,
    thread: row.thread_id,
    facts: [
      ...facts(
        ['asked by', requester.type],
        ['call', row.model_visible_call_id],
        ['MCP call', row.mcp_call_id],
      ),
      ...windowFacts(row.execution),
    ],
    saw: [
      ...items('the call', row.model_visible_call_item_ids),
      ...items('the output', row.model_visible_output_item_ids),
      ...(row.model_visible_output_item_ids.length === 0 && requester.type === 'code_cell'
        ? links('its result went to JavaScript', [link('code_cells', requester.code_cell_id)])
        : []),
    ],
    did: [
      ...(operation ? [terminalBlock(operation, 'command')] : []),
      ...(summary.type === 'agent'
        ? [
            {
              type: 'text',
              title: `to ${summary.target_agent_path}`,
              text: summary.message_preview,
            } as const,
          ]
        : []),
      ...(summary.type === 'generic' && summary.input_preview !== null
        ? [{ type: 'text', title: 'input', text: summary.input_preview } as const]
        : []),
      ...(summary.type === 'generic' && summary.output_preview !== null
        ? [{ type: 'text', title: 'output', text: summary.output_preview } as const]
        : []),
      ...links(
        'asked by',
        requester.type === 'code_cell'
          ? [link('code_cells', requester.code_cell_id)]
          : [...trace.inference_calls].flatMap(([call, { tool_call_ids_started_by_response }]) =>
              tool_call_ids_started_by_response.includes(id) ? [link('inference_calls', call)] : [],
            ),
      ),
      ...links('terminal', [
        operation ? link('terminal_operations', operation.operation_id) : null,
        operation?.terminal_id ? link('terminal_sessions', operation.terminal_id) : null,
      ]),
      ...links('edges', edgesAt(moment, 'tool_call', id)),
      ...links('thread', [threadLink(moment, row.thread_id)]),
    ],
    payloadIds: [row.raw_invocation_payload_id, row.raw_result_payload_id, ...row.raw_runtime_payload_ids],
  };
};

export const cellDetail: Teller = (moment, id) => {
  const row = moment.trace.code_cells.get(id);
  if (!row) return undefined;
  const { trace } = moment;
  const call = (tool: string): Link => {
    const found = trace.tool_calls.get(tool);
    return link('tool_calls', tool, found ? toolLabel(trace, found) : tool);
  };
  return {
    title: 'code cell',
    subtitle: id,
    status: row.runtime_status,
    thread: row.thread_id,
    facts: [
      ...facts(['handle', row.runtime_cell_id], ['call', row.model_visible_call_id]),
      ...windowFacts(row.execution),
    ],
    saw: [...items('the source', [row.source_item_id]), ...items('what came back', row.output_item_ids)],
    did: [
      { type: 'code', title: 'JavaScript', language: 'javascript', text: row.source_js },
      ...links('tools that it called', row.nested_tool_call_ids.map(call)),
      ...links('calls that waited for it', row.wait_tool_call_ids.map(call)),
      ...links('turn', [link('codex_turns', row.codex_turn_id)]),
      ...links('thread', [threadLink(moment, row.thread_id)]),
    ],
    payloadIds: trace.schema_version === 2 ? responsesOf(trace.code_cells.get(id)) : [],
  };
};

/** The evidence that schema 2 keeps of a cell. */
const responsesOf = (cell: TraceRows<2>['code_cells'] | undefined): readonly (string | null)[] =>
  cell ? [cell.raw_initial_response_payload_id, cell.raw_result_payload_id] : [];
