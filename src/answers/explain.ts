import type { ThreadId } from '../model/ids.js';
import type { TableName } from '../model/rollout-trace.js';
import type { Unresolved } from '../model/unresolved.js';
import { evidenceOf, statementOf, type Evidence, type Statement } from './evidence.js';
import type { Link, Relation } from './links.js';
import { isSameObject, lookIn, objectKey, threadOf, type ObjectRef } from './objects.js';
import { readLinks } from './read-links.js';
import { exists, type References } from './references.js';
import { originOf, waitingFor, waitingObject } from './waiting.js';

/** The causal story of one object. Plain data; integers beyond 2^53 are bigints, as everywhere. */
export interface Explanation {
  readonly object: ObjectRef;
  /** Where it happened; null for a payload, which may serve several. */
  readonly thread_id: ThreadId | null;
  /** The chain of what made it necessary, from its nearest cause back to the root thread. */
  readonly lineage: readonly Statement[];
  /**
   * All that led to it directly. Behind an edge or a terminal operation, which only carry on, also what led to
   * these.
   */
  readonly causes: readonly Statement[];
  /** All that it led to, in the same way. */
  readonly effects: readonly Statement[];
  /** The events and payloads that its row was read from. */
  readonly evidence: Evidence;
  /** What its row names and the trace has not. */
  readonly missing: readonly Link[];
  /** What waited in vain: that it sent, that it should have seen, or that it names. */
  readonly unresolved: readonly Unresolved[];
}

/**
 * Tells how an object came about and what came of it; undefined where the trace has no such object. Of a cell or an
 * edge that is only among what a reduction gives as `unresolved`, it tells where that comes from.
 */
export const explain = (
  references: References,
  object: ObjectRef,
  unresolved: readonly Unresolved[] = [],
): Explanation | undefined => {
  const { trace } = references;
  if (!exists(trace, object)) {
    const waiting = unresolved.find((each) => isSameObject(waitingObject(each), object));
    return waiting && explainWaiting(references, waiting);
  }
  const missing = missingOf(references, object);
  const state = (link: Link): Statement => statementOf(trace, link);
  return {
    object,
    thread_id: threadOf(trace, object),
    lineage: lineageOf(references, object).map(state),
    causes: throughCarriers(object, (near) => references.causesOf(near), 'from').map(state),
    effects: throughCarriers(object, (near) => references.effectsOf(near), 'to').map(state),
    evidence: evidenceOf(trace, object),
    missing,
    unresolved: waitingFor(trace, object, missing, unresolved),
  };
};

const explainWaiting = (references: References, waiting: Unresolved): Explanation => {
  const { trace } = references;
  const origin = originOf(waiting);
  const isKnown = exists(trace, origin.from);
  const evidence = { seqs: [waiting.since.seq], raw_payload_ids: [] };
  const causes = isKnown ? [{ ...origin, evidence }] : [];
  const before = isKnown ? lineageOf(references, origin.from).map((link) => statementOf(trace, link)) : [];
  return {
    object: waitingObject(waiting),
    thread_id: threadOf(trace, origin.from),
    lineage: [...causes, ...before],
    causes,
    effects: [],
    evidence,
    missing: isKnown ? [] : [origin],
    unresolved: [waiting],
  };
};

/** What only carries something from one object to the next. */
const carriers: ReadonlySet<TableName> = new Set(['interaction_edges', 'terminal_operations']);

const throughCarriers = (
  object: ObjectRef,
  linksOf: (object: ObjectRef) => readonly Link[],
  end: 'from' | 'to',
): readonly Link[] => {
  const passed = new Set([objectKey(object)]);
  const follow = (near: ObjectRef): readonly Link[] =>
    linksOf(near).flatMap((link) => {
      const far = link[end];
      if (!carriers.has(far.table) || passed.has(objectKey(far))) return [link];
      passed.add(objectKey(far));
      return [link, ...follow(far).filter(({ to }) => to.table !== 'raw_payloads')];
    });
  return follow(object);
};

/** What makes an object necessary, the most telling first. What merely went in makes nothing necessary. */
const primary: readonly Relation[] = [
  'requester',
  'nested_tool_call_ids',
  'created_by_operation_id',
  'terminal_operation_id',
  'tool_call_id',
  'started_code_cell_id',
  'source_item_id',
  'tool_call_ids_started_by_response',
  'model_visible_call_item_ids',
  'spawn_edge_id',
  'source',
  'target',
  'carried_item_ids',
  'produced_by',
  'response_item_ids',
  'output_item_ids',
  'model_visible_output_item_ids',
  'request_ids',
  'marker_item_id',
  'replacement_item_ids',
  'codex_turn_id',
  'started_by_codex_turn_id',
  'thread_id',
  'parent_thread_id',
  'body',
  'raw_request_payload_id',
  'raw_response_payload_id',
  'raw_invocation_payload_id',
  'raw_result_payload_id',
  'raw_runtime_payload_ids',
  'raw_initial_response_payload_id',
  'raw_payload_ids',
  'carried_raw_payload_ids',
];

const lineageOf = (references: References, object: ObjectRef): readonly Link[] => {
  const lineage: Link[] = [];
  const passed = new Set<string>();
  for (let near: ObjectRef | undefined = object; near && !passed.has(objectKey(near));) {
    passed.add(objectKey(near));
    const cause: Link | undefined = primaryOf(references.causesOf(near));
    if (cause && !passed.has(objectKey(cause.from))) lineage.push(cause);
    near = cause?.from;
  }
  return lineage;
};

/** Of several of a kind the last one: a code cell made an output that its tool only handed on. */
const primaryOf = (causes: readonly Link[]): Link | undefined =>
  causes.reduce<Link | undefined>((best, link) => {
    const rank = primary.indexOf(link.relation);
    return rank !== -1 && (best === undefined || rank <= primary.indexOf(best.relation)) ? link : best;
  }, undefined);

const missingOf = ({ trace }: References, { table, id }: ObjectRef): readonly Link[] => {
  const missing: Link[] = [];
  readLinks(lookIn(trace), table, id, (relation, from, to) => {
    if (!exists(trace, from) || !exists(trace, to)) missing.push({ relation, from, to });
  });
  return missing;
};
