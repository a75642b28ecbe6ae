import type { TraceRows } from 'rollout-trace';
import { toolLine, toolName } from '../labels.js';
import { facts, items, terminalBlock, textBlock, windowFacts, type Teller } from './parts.js';

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
        ? [textBlock('nothing', 'Its result went to the JavaScript of the code cell that called it.')]
        : []),
    ],
    did: [
      ...(operation ? [terminalBlock(operation, 'command')] : []),
      ...(summary.type === 'agent'
        ? [textBlock(`to ${summary.target_agent_path}`, summary.message_preview)]
        : []),
      ...(summary.type === 'generic' && summary.input_preview !== null
        ? [textBlock('input', summary.input_preview)]
        : []),
      ...(summary.type === 'generic' && summary.output_preview !== null
        ? [textBlock('output', summary.output_preview)]
        : []),
    ],
    payloadIds: [row.raw_invocation_payload_id, row.raw_result_payload_id, ...row.raw_runtime_payload_ids],
  };
};

export const cellDetail: Teller = (moment, id) => {
  const row = moment.trace.code_cells.get(id);
  if (!row) return undefined;
  const { trace } = moment;
  return {
    title: 'code cell',
    subtitle: id,
    status: row.runtime_status,
    facts: [
      ...facts(['handle', row.runtime_cell_id], ['call', row.model_visible_call_id]),
      ...windowFacts(row.execution),
    ],
    saw: [...items('the source', [row.source_item_id]), ...items('what came back', row.output_item_ids)],
    did: [{ type: 'code', title: 'JavaScript', text: row.source_js }],
    payloadIds: trace.schema_version === 2 ? responsesOf(trace.code_cells.get(id)) : [],
  };
};

/** The evidence that schema 2 keeps of a cell. */
const responsesOf = (cell: TraceRows<2>['code_cells'] | undefined): readonly (string | null)[] =>
  cell ? [cell.raw_initial_response_payload_id, cell.raw_result_payload_id] : [];
