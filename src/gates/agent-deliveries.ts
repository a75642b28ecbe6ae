import type { Fact, FactOf } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import type { ConversationItem } from '../model/conversation.js';
import { sameAnchor, type TraceAnchor } from '../model/interaction.js';
import {
  inCreationOrder,
  type AgentPath,
  type ConversationItemId,
  type EdgeId,
  type ThreadId,
  type ToolCallId,
} from '../model/ids.js';
import { readMail } from '../payloads/agent-mail.js';
import { keyOf, pushTo } from '../facts/keys.js';
import { unreachable } from '../facts/unreachable.js';
import { defineGate, type Sluice } from './gate.js';

interface AgentDeliveriesState {
  readonly pathOf: Map<ThreadId, AgentPath>;
  /** Mail that was seen and belongs to no delivery yet, oldest first, by what it is known by. */
  readonly unclaimed: Map<string, ConversationItemId[]>;
  readonly keyOfUnclaimed: Map<ConversationItemId, string>;
  /** Deliveries that wait, in the order in which they began to. */
  readonly held: Map<EdgeId, FactOf<'delivery_sent'>>;
  /** Lanes by the mail that they wait for, in the same order. */
  readonly waiting: Map<string, EdgeId[]>;
  /** Lanes by the tool that sent them. */
  readonly lanesOfTool: Map<ToolCallId, EdgeId[]>;
  /** Tools that already have an edge: their results need not wait. */
  readonly connected: Set<ToolCallId>;
  /** Edges that were drawn: what is learned of them later may wait in vain. */
  readonly met: Set<EdgeId>;
}

/**
 * A message leaves with a tool of the sender and arrives as an item in the conversation of the recipient.
 * Thread, author and content say that they are the same; each item is the end of one delivery only. What
 * else is learned about a delivery waits with it. In the end a spawn falls back to the thread that it
 * created; other deliveries that never arrived are given up.
 */
export const agentDeliveries = defineGate({
  name: 'agentDeliveries',
  reads: [
    'thread_appeared',
    'items_observed',
    'item_rewritten',
    'delivery_sent',
    'agent_closed',
    'delivery_evidence',
  ],
  learns: ['delivery_met'],
  initial: (): AgentDeliveriesState => ({
    pathOf: new Map(),
    unclaimed: new Map(),
    keyOfUnclaimed: new Map(),
    held: new Map(),
    waiting: new Map(),
    lanesOfTool: new Map(),
    connected: new Set(),
    met: new Set(),
  }),
  decide(state, fact, sluice) {
    switch (fact.type) {
      case 'thread_appeared':
        state.pathOf.set(fact.thread_id, fact.agent_path);
        sluice.pass(fact);
        return;
      case 'items_observed':
        // What it sets free is released.
        sluice.passBy(fact);
        for (const item of fact.fresh) receive(state, item, sluice);
        return;
      case 'item_rewritten':
        sluice.passBy(fact);
        // Mail that nobody has claimed yet is known by what it says now.
        if (!unclaim(state, fact.row.item_id)) return;
        receive(state, fact.row, sluice);
        keepPlace(state, fact.row.item_id);
        return;
      case 'delivery_sent':
        admit(state, fact, sluice);
        return;
      case 'agent_closed':
        state.connected.add(fact.tool_call_id);
        sluice.passBy(fact);
        return;
      case 'delivery_evidence': {
        const { tool_call_id: tool } = fact;
        const lane = state.connected.has(tool) ? undefined : state.lanesOfTool.get(tool)?.[0];
        if (lane === undefined) sluice.passBy(fact);
        else sluice.hold(lane, { ...fact, edge_id: lane });
        return;
      }
      default:
        return unreachable(fact);
    }
  },
  close(state, sluice) {
    for (const [edge, sent] of state.held) {
      const fallback = sent.fallback_thread_id;
      if (fallback !== null && state.pathOf.has(fallback)) {
        sluice.release(edge, meetAll({ type: 'thread', thread_id: fallback }));
      } else if (!state.met.has(edge)) {
        sluice.report({
          type: 'unresolved',
          unresolved: {
            kind: 'agent_delivery',
            entity: edge,
            waitsFor: `a message from ${sent.author} in thread ${sent.target_thread_id}`,
            source: sent.source,
            thread_id: sent.target_thread_id,
            since: sent.at,
          },
        });
      }
    }
  },
});

const mailKey = (thread: ThreadId, author: AgentPath, content: string): string =>
  keyOf(thread, author, content);
const deliveryKey = (sent: FactOf<'delivery_sent'>): string =>
  mailKey(sent.target_thread_id, sent.author, sent.content);

const admit = (state: AgentDeliveriesState, sent: FactOf<'delivery_sent'>, sluice: Sluice): void => {
  const { at, edge_id: edge } = sent;
  const key = deliveryKey(sent);
  const item = state.unclaimed.get(key)?.shift();
  if (item !== undefined) {
    state.keyOfUnclaimed.delete(item);
    connect(state, sent);
    sluice.pass(meet(sent, { type: 'conversation_item', item_id: item }));
    return;
  }
  const pending = state.held.get(edge);
  if (!pending) {
    state.held.set(edge, sent);
    pushTo(state.waiting, key, edge);
    if (sent.source.type === 'tool_call') pushTo(state.lanesOfTool, sent.source.tool_call_id, edge);
  } else if (!isSameDelivery(pending, sent)) {
    const message = `pending interaction edge ${edge} was observed with conflicting delivery data`;
    sluice.report(problem(at, 'edge_conflict', edge, message));
    return;
  }
  sluice.hold(edge, sent);
};

const isSameDelivery = (a: FactOf<'delivery_sent'>, b: FactOf<'delivery_sent'>): boolean =>
  a.kind === b.kind &&
  sameAnchor(a.source, b.source) &&
  deliveryKey(a) === deliveryKey(b) &&
  a.fallback_thread_id === b.fallback_thread_id;

/** New mail goes to the delivery that has waited longest for it, or stays until one asks for it. */
const receive = (state: AgentDeliveriesState, item: ConversationItem, sluice: Sluice): void => {
  const mail = readMail(item);
  if (!mail || mail.recipient !== state.pathOf.get(item.thread_id)) return;
  const key = mailKey(item.thread_id, mail.author, mail.content);
  const edge = state.waiting.get(key)?.shift();
  const sent = edge === undefined ? undefined : state.held.get(edge);
  if (edge === undefined || !sent) {
    pushTo(state.unclaimed, key, item.item_id);
    state.keyOfUnclaimed.set(item.item_id, key);
    return;
  }
  state.held.delete(edge);
  connect(state, sent);
  sluice.release(edge, meetAll({ type: 'conversation_item', item_id: item.item_id }));
};

/** False where the item is the end of a delivery already. */
const unclaim = (state: AgentDeliveriesState, item: ConversationItemId): boolean => {
  const key = state.keyOfUnclaimed.get(item);
  if (key === undefined) return false;
  state.keyOfUnclaimed.delete(item);
  const others = state.unclaimed.get(key)?.filter((id) => id !== item) ?? [];
  state.unclaimed.set(key, others);
  return true;
};

/** Among mail that says the same, what was rewritten stands where it was made. */
const keepPlace = (state: AgentDeliveriesState, item: ConversationItemId): void => {
  const key = state.keyOfUnclaimed.get(item);
  if (key !== undefined) state.unclaimed.set(key, inCreationOrder(state.unclaimed.get(key) ?? []));
};

const connect = (state: AgentDeliveriesState, sent: FactOf<'delivery_sent'>): void => {
  state.met.add(sent.edge_id);
  if (sent.source.type === 'tool_call') state.connected.add(sent.source.tool_call_id);
};

const meet = (sent: FactOf<'delivery_sent'>, target: TraceAnchor): FactOf<'delivery_met'> => ({
  ...sent,
  type: 'delivery_met',
  target,
});

const meetAll =
  (target: TraceAnchor) =>
  (held: readonly Fact[]): readonly Fact[] =>
    held.map((fact) => (fact.type === 'delivery_sent' ? meet(fact, target) : fact));
