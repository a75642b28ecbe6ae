import type { EventSource } from '../facts/event-source.js';
import type { FactOf, RawFactOf } from '../facts/facts.js';
import type { Delivery } from '../facts/learned.js';
import { problem, readPayload } from '../facts/problems.js';
import { compareUtf8 } from '../json/order.js';
import type { ConversationItem } from '../model/conversation.js';
import type { AgentPath, ConversationItemId, ThreadId, ToolCallId } from '../model/ids.js';
import type { WireInteger } from '../model/integers.js';
import { readAgentBegin, readAgentEnd, type AgentReport } from '../payloads/agents.js';
import { mayHoldMessage, readArguments, readInvokedMessage } from '../payloads/invoked-message.js';
import { spawnEdgeId } from '../payloads/session-metadata.js';
import type { SchemaRules } from '../schemas/rules.js';
import { keyOf } from '../facts/keys.js';
import { unreachable } from '../facts/unreachable.js';
import { defineProjection, type Emit } from './projection.js';

interface DeliveriesState {
  /** The sender of a message is known by its path. */
  readonly pathOf: Map<ThreadId, AgentPath>;
  /** What agent tools were called with: newer reports leave the message out. */
  readonly argumentsOf: Map<ToolCallId, string>;
  /** The last assistant message of a turn: what a result of that turn reports. */
  readonly lastMessage: Map<string, { readonly id: ConversationItemId; readonly time: WireInteger }>;
}

type DeliveriesEmit = Emit<'delivery_sent' | 'agent_closed' | 'delivery_evidence'>;

/** Learns from tools and agents which messages went from whom to whom. Owns no field: edges draws them. */
export const deliveries = (rules: SchemaRules) =>
  defineProjection({
    name: 'deliveries',
    reads: [
      'thread_appeared',
      'items_observed',
      'tool_started',
      'tool_runtime_started',
      'tool_runtime_ended',
      'tool_ended',
      'agent_result_observed',
    ],
    learns: ['delivery_sent', 'agent_closed', 'delivery_evidence'],
    initial: (): DeliveriesState => ({ pathOf: new Map(), argumentsOf: new Map(), lastMessage: new Map() }),
    step(state, fact, emit) {
      switch (fact.type) {
        case 'thread_appeared':
          state.pathOf.set(fact.thread_id, fact.agent_path);
          return;
        case 'items_observed':
          for (const item of fact.fresh) rememberMessage(state, item);
          return;
        case 'tool_started': {
          const body = fact.payload && readPayload(fact.payload, emit);
          const text = body && readArguments(body);
          // The runtime may find out later that a tool sends messages.
          if (text && mayHoldMessage(text)) state.argumentsOf.set(fact.tool_call_id, text);
          return;
        }
        case 'tool_runtime_started':
          if (reportsBegin.has(fact.kind.type)) report(state, fact, readAgentBegin, null, emit);
          return;
        case 'tool_runtime_ended':
          if (rules.mcpReportsAgents || fact.kind.type !== 'mcp') {
            report(state, fact, readAgentEnd, fact.at.time, emit);
          }
          return;
        case 'tool_ended': {
          const { at, tool_call_id, payload } = fact;
          if (!payload) return;
          const { raw_payload_id } = payload.ref;
          emit({ type: 'delivery_evidence', at, tool_call_id, raw_payload_id, edge_id: null });
          return;
        }
        case 'agent_result_observed':
          reportResult(state, fact, emit);
          return;
        default:
          return unreachable(fact);
      }
    },
  });

/** Tools whose begin report is read; that of any other tool may be anything. */
const reportsBegin: ReadonlySet<string> = new Set(['assign_agent_task', 'send_message', 'close_agent']);

/** The latest message wins; of those seen in the same millisecond, the last in the order of ids. */
const rememberMessage = (state: DeliveriesState, item: ConversationItem): void => {
  if (item.role !== 'assistant' || item.kind !== 'message' || item.agent_message) return;
  if (item.codex_turn_id === null) return;
  const key = keyOf(item.thread_id, item.codex_turn_id);
  const { item_id: id, first_seen_at_unix_ms: time } = item;
  const last = state.lastMessage.get(key);
  if (!last || time > last.time || (time === last.time && compareUtf8(id, last.id) > 0)) {
    state.lastMessage.set(key, { id, time });
  }
};

type RuntimeFact = FactOf<'tool_runtime_started' | 'tool_runtime_ended'>;

const report = (
  state: DeliveriesState,
  fact: RuntimeFact,
  read: typeof readAgentBegin,
  ended: WireInteger | null,
  emit: DeliveriesEmit,
): void => {
  const body = readPayload(fact.payload, emit);
  const found = body && read(fact.kind, body);
  if (!found) return;
  if ('issue' in found) {
    const message = `agent report ${body.ref.raw_payload_id} of tool call ${fact.tool_call_id}: ${found.issue}`;
    emit(problem(fact.at, 'agent_payload_invalid', fact.tool_call_id, message));
    return;
  }
  drawReport(state, fact, found.data, ended, emit);
};

const drawReport = (
  state: DeliveriesState,
  fact: RuntimeFact,
  found: AgentReport,
  ended: WireInteger | null,
  emit: DeliveriesEmit,
): void => {
  const { at, tool_call_id, thread_id } = fact;
  switch (found.type) {
    case 'nothing':
      return;
    case 'mismatch':
      emit(problem(at, 'agent_activity_mismatch', tool_call_id, found.issue));
      return;
    case 'closed':
      // A failed close may name a thread that is not part of the trace; the payload is evidence enough.
      if (!state.pathOf.has(found.receiver)) return;
      emit({
        type: 'agent_closed',
        at,
        edge_id: toolEdgeId(tool_call_id),
        tool_call_id,
        target_thread_id: found.receiver,
        started_at_unix_ms: fact.started_at_unix_ms,
        ended_at_unix_ms: ended,
        carried_raw_payload_ids: fact.evidence,
      });
      return;
    case 'spawned': {
      const edge_id = spawnEdgeId(found.sender ?? thread_id, found.child);
      const target = { kind: 'spawn_agent', edge_id, target_thread_id: found.child } as const;
      send(state, fact, { ...target, fallback_thread_id: found.child }, found.message, ended, emit);
      return;
    }
    case 'messaged': {
      const kind = fact.kind.type === 'send_message' ? 'send_message' : 'assign_agent_task';
      const target = { kind, edge_id: toolEdgeId(tool_call_id), target_thread_id: found.receiver } as const;
      send(state, fact, { ...target, fallback_thread_id: null }, found.message, ended, emit);
      return;
    }
  }
};

const send = (
  state: DeliveriesState,
  { at, tool_call_id, thread_id, started_at_unix_ms, evidence }: RuntimeFact,
  target: Pick<Delivery, 'kind' | 'edge_id' | 'target_thread_id' | 'fallback_thread_id'>,
  reported: string | null,
  ended: WireInteger | null,
  emit: DeliveriesEmit,
): void => {
  const content = reported ?? invokedMessage(state, at, tool_call_id, emit);
  const author = content === undefined ? undefined : senderPath(state, at, thread_id, emit);
  if (content === undefined || author === undefined) return;
  emit({
    type: 'delivery_sent',
    at,
    ...target,
    source: { type: 'tool_call', tool_call_id },
    author,
    content,
    started_at_unix_ms,
    ended_at_unix_ms: ended,
    carried_raw_payload_ids: evidence,
  });
};

const invokedMessage = (
  state: DeliveriesState,
  at: EventSource,
  tool: ToolCallId,
  emit: DeliveriesEmit,
): string | undefined => {
  const text = state.argumentsOf.get(tool);
  const found = text === undefined ? { issue: 'was called without a message' } : readInvokedMessage(text);
  if ('message' in found) return found.message;
  emit(problem(at, 'agent_arguments_invalid', tool, `agent activity tool call ${tool} ${found.issue}`));
  return undefined;
};

const senderPath = (
  state: DeliveriesState,
  at: EventSource,
  thread: ThreadId,
  emit: DeliveriesEmit,
): AgentPath | undefined => {
  const path = state.pathOf.get(thread);
  if (path === undefined) {
    emit(problem(at, 'thread_unknown', thread, `agent edge referenced unknown thread ${thread}`));
  }
  return path;
};

/** A child that failed may have said nothing: then its thread is the source. */
const reportResult = (
  state: DeliveriesState,
  { at, body, payload }: RawFactOf<'agent_result_observed'>,
  emit: DeliveriesEmit,
): void => {
  const { child_thread_id, child_codex_turn_id } = body;
  const last = state.lastMessage.get(keyOf(child_thread_id, child_codex_turn_id));
  const author = senderPath(state, at, child_thread_id, emit);
  if (author === undefined) return;
  emit({
    type: 'delivery_sent',
    at,
    edge_id: body.edge_id,
    kind: 'agent_result',
    source: last
      ? { type: 'conversation_item', item_id: last.id }
      : { type: 'thread', thread_id: child_thread_id },
    target_thread_id: body.parent_thread_id,
    author,
    content: body.message,
    fallback_thread_id: null,
    started_at_unix_ms: at.time,
    ended_at_unix_ms: at.time,
    carried_raw_payload_ids: payload ? [payload.ref.raw_payload_id] : [],
  });
};

const toolEdgeId = (tool: ToolCallId): string => `edge:tool:${tool}`;
