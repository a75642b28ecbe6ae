/** Every problem that a recording can have: a code, and what its reader can do about it. */
export const problemHints = {
  // The bundle and its files.
  manifest_unreadable:
    'Check that the folder is a bundle, not a folder of bundles, and that its manifest.json is complete.',
  schema_unsupported: 'Use a version of this tool that knows the schema.',
  log_unreadable: 'Check that trace.jsonl exists and is a readable file.',
  line_torn: 'The writer stopped in the middle of its last line; everything before it is complete.',
  line_invalid: 'The line was skipped. Compare it with its neighbours, or with the format in docs/format.md.',
  event_unsupported: 'The event has no meaning for the graph; its payloads are listed in raw_payloads.',
  payload_missing: 'Copy the payload file into the bundle and reduce again.',
  payload_outside_bundle:
    'The path leaves the bundle and is never followed. If you trust the file, copy it into the bundle.',
  payload_invalid: 'The file is not the JSON that was recorded. Restore it from the original bundle.',

  // What the recorder vouches for.
  event_of_other_schema: 'The event was read by the schema of the manifest.',
  event_out_of_order: 'Events may be missing here. The order of the file counts.',
  event_of_other_rollout: 'Logs may have been joined. The event was taken for one of this session.',
  event_after_end: 'Logs may have been joined. The event was taken for one of this session.',

  // Threads and turns.
  thread_duplicate: 'The first start was kept.',
  thread_unknown: 'Its thread_started is missing from the log; the rest of the graph is kept.',
  thread_not_ended: 'The thread goes on as it is.',
  turn_duplicate: 'The first start was kept.',
  turn_unknown: 'Its codex_turn_started is missing from the log; the rest of the graph is kept.',
  turn_of_other_thread: "The event's own thread was kept.",
  thread_metadata_invalid: 'The thread was kept with the path of the event.',
  context_missing:
    'The event does not say where it belongs: a tool goes to the first thread, others are left out.',

  // Inference and conversation.
  inference_duplicate: 'The first start was kept.',
  inference_unknown: 'Its inference_started is missing from the log; the event was left out.',
  request_input_missing: 'The call was kept without its input items.',
  response_output_missing: 'The call was kept without its output items.',
  previous_response_unknown: 'The live history of the thread was taken as the omitted prefix.',
  conversation_mismatch: 'The item was matched by content, or kept as a new item.',
  call_id_reused: 'Both items were kept under the same call id.',
  image_repeated: 'The repeated output was taken to be the one that was seen before.',
  receipt_mismatch: 'The item was marked as accepted, and no message was made of the payload.',
  item_unsupported: 'Its place was kept by an item that points to the payload.',
  checkpoint_history_missing: 'The compaction was kept without that history.',
  compaction_duplicate: 'The first install was kept.',
  compaction_request_duplicate: 'The first start was kept.',
  compaction_request_unknown: 'Its compaction_request_started is missing from the log.',
  compaction_request_mismatch: 'The compaction named by the start was kept.',

  // Tools, terminals and code cells.
  tool_duplicate: 'The first start was kept.',
  tool_unknown: 'Its tool_call_started is missing from the log; the payload is listed in raw_payloads.',
  tool_call_id_taken: 'Conversation items with that call id stay with the first tool.',
  mcp_correlation_duplicate: 'The first correlation was kept.',
  terminal_operation_second: 'The first operation of the tool was kept.',
  terminal_invocation_invalid: 'The tool was kept without a terminal operation.',
  terminal_start_invalid: 'The tool was kept without a terminal operation.',
  terminal_result_invalid: 'The operation was ended without a result.',
  terminal_process_changed: 'The operation stays with the process of its start.',
  terminal_thread_changed: 'The operation was kept; the session stays with the thread that opened it.',
  wait_arguments_invalid: 'The tool was kept without a link to the cell it waits for.',
  code_cell_duplicate: 'The first start was kept.',
  code_cell_unknown: 'Its code_cell_started is missing from the log.',
  code_cell_handle_conflict: 'The handle stays with the first cell.',
  code_cell_turn_missing: 'The turn of the source item was taken.',

  // Agents.
  agent_payload_invalid: 'The tool was kept without an edge.',
  agent_activity_mismatch: 'The tool was kept without an edge.',
  agent_arguments_invalid: 'The tool was kept without an edge.',
  edge_conflict: 'The first observation of the edge was kept.',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problemHints;
