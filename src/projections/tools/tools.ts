import type { EventSource } from '../../facts/event-source.js';
import type { FactOf, RawFactOf } from '../../facts/facts.js';
import { problem, readPayload, type Report } from '../../facts/problems.js';
import { insert, link, patch } from '../../facts/writes.js';
import { endedAt, runningSince } from '../../model/execution.js';
import type { ConversationItemId, ThreadId } from '../../model/ids.js';
import type { ToolCallRequester, ToolCallSummary } from '../../model/runtime.js';
import type { RecordedToolCallSummary } from '../../model/tool-kind.js';
import { readWaitedCell } from '../../payloads/wait-call.js';
import type { SchemaRules } from '../../schemas/rules.js';
import { setIn } from '../../facts/keys.js';
import { unreachable } from '../../facts/unreachable.js';
import { defineProjection, type Emit } from '../projection.js';
import { attachEarlierItems, rememberResponse, sightItems } from './items.js';
import { evidenceOf, initialTools, type KnownTool, type ToolsState } from './state.js';

type ToolsEmit = Emit<
  | 'tool_started'
  | 'tool_runtime_started'
  | 'tool_runtime_ended'
  | 'tool_ended'
  | 'tool_items_linked'
  | 'cell_waited'
  | 'stdin_targeted'
>;

/**
 * Owns tool calls: what the runtime executed, who asked for it, and the conversation items by which the
 * model asked and got its answer.
 */
export const tools = (rules: SchemaRules) =>
  defineProjection({
    name: 'tools',
    reads: [
      'thread_appeared',
      'thread_restarted',
      'turn_appeared',
      'cell_bound',
      'items_observed',
      'response_items_known',
      'tool_call_started',
      'mcp_tool_call_correlation_assigned',
      'tool_call_runtime_started',
      'tool_call_runtime_ended',
      'tool_call_ended',
      'stdin_target_resolved',
    ],
    learns: [
      'tool_started',
      'tool_runtime_started',
      'tool_runtime_ended',
      'tool_ended',
      'tool_items_linked',
      'cell_waited',
      'stdin_targeted',
    ],
    initial: initialTools,
    step(state, fact, emit) {
      switch (fact.type) {
        case 'thread_appeared':
          state.firstThread ??= fact.thread_id;
          return;
        case 'thread_restarted':
          state.cells.delete(fact.thread_id);
          return;
        case 'turn_appeared':
          state.threadOfTurn.set(fact.codex_turn_id, fact.thread_id);
          return;
        case 'cell_bound':
          setIn(state.cells, fact.thread_id, fact.runtime_cell_id, fact.code_cell_id);
          return;
        case 'items_observed':
          sightItems(state, fact, emit);
          return;
        case 'response_items_known':
          rememberResponse(state, fact);
          return;
        case 'tool_call_started':
          start(rules, state, fact, emit);
          return;
        case 'mcp_tool_call_correlation_assigned':
          correlate(state, fact, emit);
          return;
        case 'tool_call_runtime_started':
        case 'tool_call_runtime_ended':
          observeRuntime(state, fact, emit);
          return;
        case 'tool_call_ended':
          end(state, fact, emit);
          return;
        case 'stdin_target_resolved':
          target(state, fact, emit);
          return;
        default:
          return unreachable(fact);
      }
    },
  });

const start = (
  rules: SchemaRules,
  state: ToolsState,
  { at, body, payload }: RawFactOf<'tool_call_started'>,
  emit: ToolsEmit,
): void => {
  const { tool_call_id: id, kind } = body;
  if (state.tools.has(id)) {
    emit(problem(at, 'tool_duplicate', id, `duplicate tool call start for ${id}`));
    return;
  }
  const callId = body.model_visible_call_id ?? null;
  const ownsCallId = callId !== null && !state.toolOfCall.has(callId);
  if (callId !== null && !ownsCallId) {
    const message = `duplicate tool call for model-visible call id ${callId}`;
    emit(problem(at, 'tool_call_id_taken', id, message));
  }
  const turn = at.turn === null ? undefined : state.threadOfTurn.get(at.turn);
  const thread_id = at.thread ?? turn ?? state.firstThread;
  // Nothing says where the tool belongs, and there is no thread to take it: lifecycle has reported that.
  if (thread_id === null) return;
  const requester = requesterOf(state, at, thread_id, body.requester, emit);
  const window = runningSince(at);
  const invocation = payload?.ref.raw_payload_id ?? null;
  const tool: KnownTool = {
    thread_id,
    kind,
    started_at_unix_ms: at.time,
    window,
    invocation,
    runtime: [],
    result: null,
    callItems: [],
    outputItems: [],
    linkedResponses: new Set(),
    mcpCallId: null,
  };
  state.tools.set(id, tool);
  if (callId !== null && ownsCallId) state.toolOfCall.set(callId, id);
  const seen = ownsCallId ? earlierItems(rules, state, thread_id, callId) : { calls: [], outputs: [] };
  emit(
    insert('tool_calls', id, {
      tool_call_id: id,
      mcp_call_id: null,
      model_visible_call_id: callId,
      code_mode_runtime_tool_id: body.code_mode_runtime_tool_id ?? null,
      ...(rules.cells.haveCallers && { started_code_cell_id: undefined }),
      thread_id,
      started_by_codex_turn_id: at.turn,
      execution: window,
      requester,
      kind,
      model_visible_call_item_ids: seen.calls,
      model_visible_output_item_ids: [],
      terminal_operation_id: null,
      summary: reducedSummary(body.summary),
      raw_invocation_payload_id: invocation,
      raw_result_payload_id: null,
      raw_runtime_payload_ids: [],
    }),
  );
  const asked = { model_visible_call_id: callId, requester, payload };
  emit({ type: 'tool_started', at, ...subject(id, tool), ...asked });
  waitFor(state, { at, body, payload }, thread_id, emit);
  attachEarlierItems(state, at, id, tool, seen, callId, emit);
};

/** Items of the thread that carry the call id already. */
const earlierItems = (
  rules: SchemaRules,
  state: ToolsState,
  thread: ThreadId,
  callId: string,
): { calls: ConversationItemId[]; outputs: ConversationItemId[] } => {
  const here = (state.itemsOfCall.get(callId) ?? []).filter((item) => item.thread_id === thread);
  const side = (wanted: 'call' | 'output') =>
    rules.items.gather(here.filter((item) => item.side === wanted).map((item) => item.id));
  return { calls: side('call'), outputs: side('output') };
};

const requesterOf = (
  state: ToolsState,
  at: EventSource,
  thread: ThreadId,
  requester: RawFactOf<'tool_call_started'>['body']['requester'],
  report: Report,
): ToolCallRequester => {
  if (requester.type === 'model') return { type: 'model' };
  const handle = requester.runtime_cell_id;
  const cell = state.cells.get(thread)?.get(handle);
  if (cell !== undefined) return { type: 'code_cell', code_cell_id: cell };
  const message = `code-mode nested tool referenced unknown runtime cell ${handle} in thread ${thread}`;
  report(problem(at, 'code_cell_unknown', handle, message));
  return { type: 'code_cell', code_cell_id: `code_cell:(unknown ${handle})` };
};

/** A call of the tool `wait` names the cell it waits for in its arguments. */
const waitFor = (
  state: ToolsState,
  { at, body, payload }: Pick<RawFactOf<'tool_call_started'>, 'at' | 'body' | 'payload'>,
  thread: ThreadId,
  emit: ToolsEmit,
): void => {
  const invocation = payload && readPayload(payload, emit);
  const waited = invocation && readWaitedCell(invocation);
  if (!waited) return;
  if ('issue' in waited) {
    const message = `wait tool request payload ${invocation.ref.raw_payload_id} ${waited.issue}`;
    emit(problem(at, 'wait_arguments_invalid', body.tool_call_id, message));
    return;
  }
  const code_cell_id = state.cells.get(thread)?.get(waited.runtime_cell_id);
  if (code_cell_id !== undefined) {
    emit({ type: 'cell_waited', at, tool_call_id: body.tool_call_id, code_cell_id });
  }
};

const reducedSummary = (summary: RecordedToolCallSummary): ToolCallSummary => {
  switch (summary.type) {
    case 'terminal':
      return { type: 'terminal', operation_id: summary.operation_id };
    case 'agent': {
      const { target_agent_path, task_name, message_preview } = summary;
      return { type: 'agent', target_agent_path, task_name: task_name ?? null, message_preview };
    }
    case 'wait_agent': {
      const { target_agent_path, timeout_ms } = summary;
      return {
        type: 'wait_agent',
        target_agent_path: target_agent_path ?? null,
        timeout_ms: timeout_ms ?? null,
      };
    }
    case 'generic': {
      const { label, input_preview, output_preview } = summary;
      return {
        type: 'generic',
        label,
        input_preview: input_preview ?? null,
        output_preview: output_preview ?? null,
      };
    }
  }
};

const correlate = (
  state: ToolsState,
  { at, body }: RawFactOf<'mcp_tool_call_correlation_assigned'>,
  emit: ToolsEmit,
): void => {
  const { tool_call_id: id, mcp_call_id } = body;
  const tool = knownTool(state, at, id, 'MCP correlation', emit);
  if (!tool) return;
  if (tool.mcpCallId !== null) {
    const message = `duplicate MCP correlation for tool call ${id}`;
    emit(problem(at, 'mcp_correlation_duplicate', id, message));
    return;
  }
  tool.mcpCallId = mcp_call_id;
  emit(patch('tool_calls', id, { mcp_call_id }));
};

const observeRuntime = (
  state: ToolsState,
  fact: RawFactOf<'tool_call_runtime_started' | 'tool_call_runtime_ended'>,
  emit: ToolsEmit,
): void => {
  const { at, payload } = fact;
  const { tool_call_id: id, runtime_payload } = fact.body;
  const started = fact.type === 'tool_call_runtime_started';
  const tool = knownTool(state, at, id, started ? 'tool runtime start' : 'tool runtime end', emit);
  if (!tool || !payload) return;
  if ('kind' in fact.body) {
    // The runtime knows better than the start what the tool is, and how to read its reports.
    tool.kind = fact.body.kind;
    emit(patch('tool_calls', id, { kind: tool.kind }));
  }
  if (!tool.runtime.includes(runtime_payload.raw_payload_id)) {
    tool.runtime.push(runtime_payload.raw_payload_id);
    emit(link('tool_calls', id, 'raw_runtime_payload_ids', [runtime_payload.raw_payload_id]));
  }
  emit(
    fact.type === 'tool_call_runtime_started'
      ? { type: 'tool_runtime_started', at, ...subject(id, tool), payload }
      : { type: 'tool_runtime_ended', at, ...subject(id, tool), status: fact.body.status, payload },
  );
};

const end = (
  state: ToolsState,
  { at, body, payload }: RawFactOf<'tool_call_ended'>,
  emit: ToolsEmit,
): void => {
  const { tool_call_id: id, status } = body;
  const tool = knownTool(state, at, id, 'tool call end', emit);
  if (!tool) return;
  tool.window = endedAt(tool.window, at, status);
  tool.result = payload?.ref.raw_payload_id ?? null;
  emit(patch('tool_calls', id, { execution: tool.window, raw_result_payload_id: tool.result }));
  const runtime_observed = tool.runtime.length > 0;
  emit({ type: 'tool_ended', at, ...subject(id, tool), status, payload, runtime_observed });
};

const target = (
  state: ToolsState,
  { at, body }: RawFactOf<'stdin_target_resolved'>,
  emit: ToolsEmit,
): void => {
  const { tool_call_id, exec_tool_call_id } = body;
  if (!knownTool(state, at, tool_call_id, 'stdin target', emit)) return;
  if (!knownTool(state, at, exec_tool_call_id, 'stdin target', emit)) return;
  emit({ type: 'stdin_targeted', at, tool_call_id, exec_tool_call_id });
};

const knownTool = (
  state: ToolsState,
  at: EventSource,
  id: string,
  subject: string,
  report: Report,
): KnownTool | undefined => {
  const tool = state.tools.get(id);
  if (!tool) report(problem(at, 'tool_unknown', id, `${subject} referenced unknown tool call ${id}`));
  return tool;
};

type Subject = Pick<
  FactOf<'tool_started'>,
  'tool_call_id' | 'thread_id' | 'kind' | 'started_at_unix_ms' | 'evidence'
>;
const subject = (tool_call_id: string, tool: KnownTool): Subject => ({
  tool_call_id,
  thread_id: tool.thread_id,
  kind: tool.kind,
  started_at_unix_ms: tool.started_at_unix_ms,
  evidence: evidenceOf(tool),
});
