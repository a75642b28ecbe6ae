import type { ObjectRef } from './objects.js';

/**
 * Why two objects belong together: the field of the format that says so. Only the threads at both ends of an
 * edge stand in no field, but follow from its anchors.
 */
export type Relation =
  | 'thread_id'
  | 'parent_thread_id'
  | 'spawn_edge_id'
  | 'codex_turn_id'
  | 'started_by_codex_turn_id'
  | 'request_item_ids'
  | 'response_item_ids'
  | 'produced_by'
  | 'tool_call_ids_started_by_response'
  | 'requester'
  | 'nested_tool_call_ids'
  | 'wait_tool_call_ids'
  | 'started_code_cell_id'
  | 'source_item_id'
  | 'output_item_ids'
  | 'call_item_ids'
  | 'model_visible_call_item_ids'
  | 'model_visible_output_item_ids'
  | 'terminal_operation_id'
  | 'tool_call_id'
  | 'created_by_operation_id'
  | 'operation_ids'
  | 'terminal_id'
  | 'compaction_id'
  | 'request_ids'
  | 'marker_item_id'
  | 'input_item_ids'
  | 'replacement_item_ids'
  | 'source'
  | 'source_thread'
  | 'target'
  | 'target_thread'
  | 'carried_item_ids'
  | PayloadRelation;

/** From an object to a payload that was recorded of it. */
export type PayloadRelation =
  | 'body'
  | 'raw_request_payload_id'
  | 'raw_response_payload_id'
  | 'raw_invocation_payload_id'
  | 'raw_result_payload_id'
  | 'raw_runtime_payload_ids'
  | 'raw_initial_response_payload_id'
  | 'raw_payload_ids'
  | 'carried_raw_payload_ids';

/** One thing that a row says: `from` led to `to`. Either end may be missing from the trace. */
export interface Link {
  readonly relation: Relation;
  readonly from: ObjectRef;
  readonly to: ObjectRef;
}
