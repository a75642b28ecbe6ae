import type { ExecutionWindow } from '../model/execution.js';
import type { RawPayloadId } from '../model/ids.js';
import type { WireInteger } from '../model/integers.js';
import { tableNames, type RolloutTrace } from '../model/rollout-trace.js';
import type { Link } from './links.js';
import { rowsOf, type ObjectRef } from './objects.js';

/** What proves something: events of the log, by their `seq`, and payloads. In the order of the log where that is known. */
export interface Evidence {
  readonly seqs: readonly WireInteger[];
  readonly raw_payload_ids: readonly RawPayloadId[];
}

/** A link, and what of the recording proves it. */
export interface Statement extends Link {
  readonly evidence: Evidence;
}

/** When something began, and with which payloads; the same of its end. */
interface Course {
  readonly begun: Evidence;
  readonly ended: Evidence;
}

/** All events and payloads that an object was read from, as far as its row names them. */
export const evidenceOf = (trace: RolloutTrace, object: ObjectRef): Evidence => {
  const { begun, ended } = courseOf(trace, object);
  return evidence([...begun.seqs, ...ended.seqs], [...begun.raw_payload_ids, ...ended.raw_payload_ids]);
};

/** The objects whose rows name an event, table by table. Looks at every row of the trace. */
export const objectsProvedBy = (trace: RolloutTrace, seq: bigint): readonly ObjectRef[] =>
  tableNames.flatMap((table) =>
    trace[table]
      .keys()
      .map((id): ObjectRef => ({ table, id }))
      .filter((object) => evidenceOf(trace, object).seqs.some((each) => BigInt(each) === seq)),
  );

export const statementOf = (trace: RolloutTrace, link: Link): Statement => ({
  ...link,
  evidence: evidenceFor(trace, link),
});

/** What an object gave is proved by its end; that it came about, by its beginning. */
const evidenceFor = (trace: RolloutTrace, { relation, from, to }: Link): Evidence => {
  if (to.table === 'raw_payloads') return evidence([], [to.id]);
  switch (relation) {
    case 'produced_by':
    case 'response_item_ids':
    case 'tool_call_ids_started_by_response':
    case 'model_visible_output_item_ids':
    case 'output_item_ids':
    case 'wait_tool_call_ids':
    case 'request_ids':
      return courseOf(trace, from).ended;
    case 'source':
      return evidence(courseOf(trace, from).begun.seqs, courseOf(trace, to).ended.raw_payload_ids);
    case 'source_thread':
      return courseOf(trace, to).ended;
    case 'target_thread':
      return courseOf(trace, from).ended;
    case 'target':
    case 'carried_item_ids':
    case 'spawn_edge_id': {
      // A thread is there before it is closed, but begins when it is spawned.
      const arrival =
        to.table === 'threads' && relation !== 'spawn_edge_id' ? [] : courseOf(trace, to).begun.seqs;
      return evidence(arrival, courseOf(trace, from).ended.raw_payload_ids);
    }
    default:
      return courseOf(trace, to).begun;
  }
};

const courseOf = (trace: RolloutTrace, { table, id }: ObjectRef): Course => {
  switch (table) {
    case 'threads':
    case 'codex_turns':
    case 'terminal_sessions':
      return course(trace[table].get(id)?.execution);
    case 'conversation_items': {
      const row = rowsOf(trace, table).get(id);
      const payloads = row?.body.parts.map((part) => ('raw_payload_id' in part ? part.raw_payload_id : null));
      return { begun: evidence([row?.accepted_seq], payloads ?? []), ended: evidence([], []) };
    }
    case 'inference_calls':
    case 'compaction_requests': {
      const row = trace[table].get(id);
      return course(row?.execution, [row?.raw_request_payload_id], [row?.raw_response_payload_id]);
    }
    case 'tool_calls': {
      const row = trace.tool_calls.get(id);
      const results = [...(row?.raw_runtime_payload_ids ?? []), row?.raw_result_payload_id];
      return course(row?.execution, [row?.raw_invocation_payload_id], results);
    }
    case 'code_cells': {
      const row = rowsOf(trace, table).get(id);
      const { begun, ended } = course(row?.execution);
      const responses = [row?.raw_initial_response_payload_id, row?.raw_result_payload_id];
      return {
        begun,
        ended: evidence([row?.initial_response_seq, row?.yielded_seq, ...ended.seqs], responses),
      };
    }
    case 'terminal_operations': {
      const row = trace.terminal_operations.get(id);
      return course(row?.execution, [], row?.raw_payload_ids);
    }
    case 'interaction_edges': {
      const carried = trace.interaction_edges.get(id)?.carried_raw_payload_ids ?? [];
      return { begun: evidence([], []), ended: evidence([], carried) };
    }
    case 'compactions':
      return { begun: evidence([], []), ended: evidence([], []) };
    case 'raw_payloads':
      return { begun: evidence([], [id]), ended: evidence([], []) };
  }
};

type Maybe<T> = readonly (T | null | undefined)[];

const course = (
  window: ExecutionWindow | undefined,
  first: Maybe<RawPayloadId> = [],
  last: Maybe<RawPayloadId> = [],
): Course => ({
  begun: evidence([window?.started_seq], first),
  ended: evidence([window?.ended_seq], last),
});

const evidence = (seqs: Maybe<WireInteger>, payloads: Maybe<RawPayloadId>): Evidence => ({
  seqs: [...new Set(seqs.filter(isThere))],
  raw_payload_ids: [...new Set(payloads.filter(isThere))],
});

const isThere = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
