import type { Relation } from './links.js';
import type { InteractionEdgeKind } from '../model/interaction.js';

interface Words {
  readonly cause: string;
  readonly effect: string;
}

/** How a link reads from its effect to its cause, and from its cause to its effect. */
export const relationWords: { readonly [R in Relation]: Words } = {
  thread_id: { cause: 'of', effect: 'had' },
  parent_thread_id: { cause: 'child of', effect: 'parent of' },
  spawn_edge_id: { cause: 'spawned by', effect: 'spawned' },
  codex_turn_id: { cause: 'during', effect: 'had' },
  started_by_codex_turn_id: { cause: 'during', effect: 'had' },
  request_item_ids: { cause: 'sent with it:', effect: 'sent in' },
  response_item_ids: { cause: 'answer of', effect: 'answered' },
  produced_by: { cause: 'made by', effect: 'made' },
  tool_call_ids_started_by_response: { cause: 'asked for by', effect: 'asked for' },
  requester: { cause: 'issued by', effect: 'issued' },
  nested_tool_call_ids: { cause: 'issued by', effect: 'issued' },
  wait_tool_call_ids: { cause: 'waited for', effect: 'was waited for by' },
  started_code_cell_id: { cause: 'started by', effect: 'started' },
  source_item_id: { cause: 'written in', effect: 'is the source of' },
  output_item_ids: { cause: 'shows the output of', effect: 'shown to the model in' },
  call_item_ids: { cause: 'asked for in', effect: 'asked for' },
  model_visible_call_item_ids: { cause: 'asked for in', effect: 'asks for' },
  model_visible_output_item_ids: { cause: 'output of', effect: 'shown to the model in' },
  terminal_operation_id: { cause: 'run by', effect: 'ran' },
  tool_call_id: { cause: 'run by', effect: 'ran' },
  created_by_operation_id: { cause: 'created by', effect: 'created' },
  operation_ids: { cause: 'reused', effect: 'reused by' },
  terminal_id: { cause: 'reused', effect: 'reused by' },
  compaction_id: { cause: 'requested by', effect: 'for' },
  request_ids: { cause: 'requested by', effect: 'for' },
  marker_item_id: { cause: 'marks', effect: 'marked by' },
  input_item_ids: { cause: 'replaced', effect: 'replaced by' },
  replacement_item_ids: { cause: 'put there by', effect: 'put there' },
  source: { cause: 'sent by', effect: 'sent' },
  source_thread: { cause: 'sent from', effect: 'sent' },
  target: { cause: 'carried by', effect: 'arrived as' },
  target_thread: { cause: 'reached by', effect: 'reached' },
  carried_item_ids: { cause: 'carried by', effect: 'carried' },
  body: { cause: 'body of', effect: 'body in' },
  raw_request_payload_id: { cause: 'request of', effect: 'request in' },
  raw_response_payload_id: { cause: 'response to', effect: 'response in' },
  raw_invocation_payload_id: { cause: 'invocation of', effect: 'invocation in' },
  raw_result_payload_id: { cause: 'result of', effect: 'result in' },
  raw_runtime_payload_ids: { cause: 'runtime report on', effect: 'runtime report in' },
  raw_initial_response_payload_id: { cause: 'first response of', effect: 'first response in' },
  raw_payload_ids: { cause: 'runtime report on', effect: 'runtime report in' },
  carried_raw_payload_ids: { cause: 'evidence of', effect: 'evidence in' },
};

/** The same of what goes from one agent to another. */
export const edgeWords: { readonly [K in InteractionEdgeKind]: Words } = {
  spawn_agent: { cause: 'spawned by', effect: 'spawned' },
  assign_agent_task: { cause: 'given a task by', effect: 'gave a task to' },
  send_message: { cause: 'messaged by', effect: 'messaged' },
  agent_result: { cause: 'was told the result', effect: 'told its result to' },
  close_agent: { cause: 'closed by', effect: 'closed' },
};
