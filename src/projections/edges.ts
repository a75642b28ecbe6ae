import type { EventSource } from '../facts/event-source.js';
import type { FactOf } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import { insert, link, patch } from '../facts/writes.js';
import { compareUtf8 } from '../json/order.js';
import type { EdgeId, RawPayloadId, ToolCallId } from '../model/ids.js';
import { earlier, later, type WireInteger } from '../model/integers.js';
import { sameAnchor, type InteractionEdge } from '../model/interaction.js';
import { pushTo } from '../facts/keys.js';
import { unreachable } from '../facts/unreachable.js';
import { defineProjection, type Emit } from './projection.js';

interface EdgesState {
  /** To merge the begin and the end of one interaction. */
  readonly edges: Map<EdgeId, InteractionEdge>;
  /** To find the edge to which the result of a tool belongs. */
  readonly edgesOfTool: Map<ToolCallId, EdgeId[]>;
}

/**
 * Owns interaction edges. It stands behind a gate that holds a delivery until its message shows in the
 * conversation of its recipient, so an edge points at the very item.
 */
export const edges = defineProjection({
  name: 'edges',
  reads: ['delivery_met', 'agent_closed', 'delivery_evidence'],
  learns: [],
  initial: (): EdgesState => ({ edges: new Map(), edgesOfTool: new Map() }),
  step(state, fact, emit) {
    switch (fact.type) {
      case 'delivery_met':
        draw(state, fact.at, metEdge(fact), emit);
        return;
      case 'agent_closed':
        draw(state, fact.at, closingEdge(fact), emit);
        return;
      case 'delivery_evidence': {
        const [first] = (state.edgesOfTool.get(fact.tool_call_id) ?? []).toSorted(compareUtf8);
        const id = fact.edge_id ?? first;
        if (id !== undefined) carry(state, id, [fact.raw_payload_id], emit);
        return;
      }
      default:
        return unreachable(fact);
    }
  },
});

const metEdge = (fact: FactOf<'delivery_met'>): InteractionEdge => ({
  edge_id: fact.edge_id,
  kind: fact.kind,
  source: fact.source,
  target: fact.target,
  started_at_unix_ms: fact.started_at_unix_ms,
  ended_at_unix_ms: fact.ended_at_unix_ms,
  carried_item_ids: fact.target.type === 'conversation_item' ? [fact.target.item_id] : [],
  carried_raw_payload_ids: fact.carried_raw_payload_ids,
});

const closingEdge = (fact: FactOf<'agent_closed'>): InteractionEdge => ({
  edge_id: fact.edge_id,
  kind: 'close_agent',
  source: { type: 'tool_call', tool_call_id: fact.tool_call_id },
  target: { type: 'thread', thread_id: fact.target_thread_id },
  started_at_unix_ms: fact.started_at_unix_ms,
  ended_at_unix_ms: fact.ended_at_unix_ms,
  carried_item_ids: [],
  carried_raw_payload_ids: fact.carried_raw_payload_ids,
});

/** Adds an edge, or widens the one of the same id: earliest start, latest end, all evidence. */
const draw = (state: EdgesState, at: EventSource, edge: InteractionEdge, emit: Emit<never>): void => {
  const { edge_id: id } = edge;
  const known = state.edges.get(id);
  if (!known) {
    state.edges.set(id, edge);
    if (edge.source.type === 'tool_call') pushTo(state.edgesOfTool, edge.source.tool_call_id, id);
    emit(insert('interaction_edges', id, edge));
    return;
  }
  const agrees =
    known.kind === edge.kind &&
    sameAnchor(known.source, edge.source) &&
    sameAnchor(known.target, edge.target);
  if (!agrees) {
    const message = `interaction edge ${id} was observed with conflicting endpoints`;
    emit(problem(at, 'edge_conflict', id, message));
    return;
  }
  const window = {
    started_at_unix_ms: earlier(known.started_at_unix_ms, edge.started_at_unix_ms),
    ended_at_unix_ms: latest(known.ended_at_unix_ms, edge.ended_at_unix_ms),
  };
  state.edges.set(id, { ...known, ...window });
  emit(patch('interaction_edges', id, window));
  carry(state, id, edge.carried_raw_payload_ids, emit);
};

/** The later of two ends, of which null is not known yet. */
const latest = (a: WireInteger | null, b: WireInteger | null): WireInteger | null =>
  a === null ? b : b === null ? a : later(a, b);

const carry = (state: EdgesState, id: EdgeId, payloads: readonly RawPayloadId[], emit: Emit<never>): void => {
  const known = state.edges.get(id);
  const add = payloads.filter((payload) => !known?.carried_raw_payload_ids.includes(payload));
  if (!known || add.length === 0) return;
  const carried_raw_payload_ids = [...known.carried_raw_payload_ids, ...add];
  state.edges.set(id, { ...known, carried_raw_payload_ids });
  emit(link('interaction_edges', id, 'carried_raw_payload_ids', add));
};
