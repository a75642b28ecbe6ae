import type { TableName, TraceRows } from '../model/rollout-trace.js';

/** Everything that writes to the trace. */
export type Writer =
  | 'rawPayloads'
  | 'lifecycle'
  | 'inference'
  | 'conversation'
  | 'compactions'
  | 'tools'
  | 'terminals'
  | 'codeCells'
  | 'cellCallers'
  | 'edges';

/**
 * Who may write which field. The owner of a row's id adds the row, with a first value for every field;
 * from then on a field is changed by its owner alone. Only one list has several: each appends a producer
 * of its own kind.
 */
export const ownership: {
  readonly [T in TableName]: { readonly [F in keyof TraceRows<2>[T]]-?: Writer | readonly Writer[] };
} = {
  threads: {
    thread_id: 'lifecycle',
    agent_path: 'lifecycle',
    nickname: 'lifecycle',
    origin: 'lifecycle',
    execution: 'lifecycle',
    default_model: 'lifecycle',
    conversation_item_ids: 'conversation',
  },
  codex_turns: {
    codex_turn_id: 'lifecycle',
    thread_id: 'lifecycle',
    execution: 'lifecycle',
    input_item_ids: 'lifecycle',
  },
  conversation_items: {
    item_id: 'conversation',
    responses_item_id: 'conversation',
    accepted_at_unix_ms: 'conversation',
    accepted_seq: 'conversation',
    thread_id: 'conversation',
    codex_turn_id: 'conversation',
    first_seen_at_unix_ms: 'conversation',
    role: 'conversation',
    channel: 'conversation',
    kind: 'conversation',
    agent_message: 'conversation',
    body: 'conversation',
    call_id: 'conversation',
    produced_by: ['conversation', 'tools', 'codeCells'],
  },
  inference_calls: {
    inference_call_id: 'inference',
    thread_id: 'inference',
    codex_turn_id: 'inference',
    execution: 'inference',
    model: 'inference',
    provider_name: 'inference',
    response_id: 'inference',
    upstream_request_id: 'inference',
    request_item_ids: 'conversation',
    response_item_ids: 'conversation',
    tool_call_ids_started_by_response: 'tools',
    usage: 'conversation',
    raw_request_payload_id: 'inference',
    raw_response_payload_id: 'inference',
  },
  code_cells: {
    code_cell_id: 'codeCells',
    model_visible_call_id: 'codeCells',
    thread_id: 'codeCells',
    codex_turn_id: 'codeCells',
    source_item_id: 'codeCells',
    output_item_ids: 'codeCells',
    runtime_cell_id: 'codeCells',
    execution: 'codeCells',
    runtime_status: 'codeCells',
    initial_response_at_unix_ms: 'codeCells',
    initial_response_seq: 'codeCells',
    initial_response_status: 'codeCells',
    raw_initial_response_payload_id: 'codeCells',
    raw_result_payload_id: 'codeCells',
    yielded_at_unix_ms: 'codeCells',
    yielded_seq: 'codeCells',
    source_js: 'codeCells',
    nested_tool_call_ids: 'codeCells',
    wait_tool_call_ids: 'codeCells',
  },
  tool_calls: {
    tool_call_id: 'tools',
    mcp_call_id: 'tools',
    model_visible_call_id: 'tools',
    code_mode_runtime_tool_id: 'tools',
    started_code_cell_id: 'cellCallers',
    thread_id: 'tools',
    started_by_codex_turn_id: 'tools',
    execution: 'tools',
    requester: 'tools',
    kind: 'tools',
    model_visible_call_item_ids: 'tools',
    model_visible_output_item_ids: 'tools',
    terminal_operation_id: 'terminals',
    summary: 'terminals',
    raw_invocation_payload_id: 'tools',
    raw_result_payload_id: 'tools',
    raw_runtime_payload_ids: 'tools',
  },
  terminal_sessions: {
    terminal_id: 'terminals',
    thread_id: 'terminals',
    created_by_operation_id: 'terminals',
    operation_ids: 'terminals',
    execution: 'terminals',
  },
  terminal_operations: {
    operation_id: 'terminals',
    terminal_id: 'terminals',
    tool_call_id: 'terminals',
    kind: 'terminals',
    execution: 'terminals',
    request: 'terminals',
    result: 'terminals',
    model_observations: 'terminals',
    raw_payload_ids: 'terminals',
  },
  compactions: {
    compaction_id: 'compactions',
    thread_id: 'compactions',
    codex_turn_id: 'compactions',
    installed_at_unix_ms: 'compactions',
    marker_item_id: 'compactions',
    request_ids: 'compactions',
    input_item_ids: 'compactions',
    replacement_item_ids: 'compactions',
  },
  compaction_requests: {
    compaction_request_id: 'compactions',
    compaction_id: 'compactions',
    thread_id: 'compactions',
    codex_turn_id: 'compactions',
    execution: 'compactions',
    model: 'compactions',
    provider_name: 'compactions',
    raw_request_payload_id: 'compactions',
    raw_response_payload_id: 'compactions',
  },
  interaction_edges: {
    edge_id: 'edges',
    kind: 'edges',
    source: 'edges',
    target: 'edges',
    started_at_unix_ms: 'edges',
    ended_at_unix_ms: 'edges',
    carried_item_ids: 'edges',
    carried_raw_payload_ids: 'edges',
  },
  raw_payloads: { raw_payload_id: 'rawPayloads', kind: 'rawPayloads', path: 'rawPayloads' },
};

/** Everything that writes to the rows of a table. */
export const writersOf = (table: TableName): ReadonlySet<string> =>
  new Set(Object.values<Writer | readonly Writer[]>(ownership[table]).flat());
