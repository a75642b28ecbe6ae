/**
 * The words that a redacted recording keeps: those of the format. Whatever is not listed here is replaced, so a
 * format that grows does not begin to leak.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Keys of events, payloads and items. */
const KEYS = words(`
  action active_tools additional_tools agent_message_payload agent_nickname agent_path agent_role agent_statuses
  agent_thread_id aggregated_output annotations approval_policy arguments author auto_approved
  cache_write_input_tokens cached_input_tokens call_id carried_payload cell_id changes chars checkpoint_payload
  child_agent_path child_codex_turn_id child_thread_id chunk_id client_metadata cmd code_mode_host_duration
  code_mode_runtime_tool_id codex_error_info codex_turn_id collaboration_mode_kind command compaction_id
  compaction_request_id completed completed_at completed_at_ms content content_items context cwd depth detail
  duration duration_ms edge_id effort encrypted_content ended_at_unix_ms error error_text errored event_id
  event_payload event_type exec_tool_call_id execution exit_code failed forked_from_id formatted_output hook id
  image_url images include inference_call_id info initial_messages initiating_agent_path input input_preview input_tokens inputs
  input_history instructions interaction_input internal_chat_message_metadata_passthrough interrupted invocation
  invocation_payload is_error isError item item_id kind label last_agent_message last_token_usage local_images
  max_output_tokens mcp_call_id message message_preview metadata metadata_payload model model_context_window
  model_provider_id model_visible_call_id name namespace nanos new_agent_nickname new_agent_role new_thread_id
  nickname not_found occurred_at_ms operation_id original_token_count other_recipients output output_items
  output_preview output_tokens parallel_tool_calls parent_thread_id parent_turn_id parsed_cmd
  partial_response_payload path payload payloads payloads_dir pending_init permission_profile phase
  previous_response_id process_id prompt prompt_cache_key provider_name queries query rate_limits raw_arguments
  raw_content raw_event_log raw_payload_id reason reasoning reasoning_effort reasoning_output_tokens
  receiver_agent_nickname receiver_agent_role receiver_agents receiver_thread_id receiver_thread_ids recipient
  replacement_history request_payload requester response response_id response_item response_payload result
  result_payload role rollout_id rollout_path root_thread_id root_turn_id running runtime_cell_id
  runtime_payload sandbox_policy schema_version secs sender_thread_id seq server service_tier session_id
  session_source shutdown source source_js started_at started_at_ms started_at_unix_ms status statuses stderr
  stdin stdout store stored_values stream structured_content structuredContent subagent success summary
  summary_text target target_agent_path task_name terminated text text_elements thread_id thread_source
  thread_spawn time_to_first_token_ms timeout_ms token_usage tool tool_call_id tool_choice tool_name
  tool_namespace tools total_token_usage total_tokens trace_id trigger_turn turn_id turn_trigger type
  upstream_request_id value verbosity wait wall_time_seconds wall_time_unix_ms workdir yield_time_ms yielded
  Ok Err Result Yielded Terminated
`);
export const isKeptKey = (key: string): boolean => KEYS.has(key) || key === NUMBER;

/** As serde writes a number with all of its digits: an object with this key. */
const NUMBER = '$serde_json::private::Number';

/** Keys that are kept where somebody else decides what stands: they are read there, or say how long it took. */
const READ_KEYS = words(`
  author call_id cell_id chars chunk_id content encrypted_content error exit_code id input max_output_tokens
  message original_token_count other_recipients output process_id recipient session_id summary text
  trigger_turn type yield_time_ms
`);
export const isReadKey = (key: string): boolean => READ_KEYS.has(key) || key === NUMBER;

/** Values of `type`, `kind`, `status` and their like. */
const VALUES = words(`
  aborted add additional_tools agent agent_message agent_result agent_result_observed agent_spawned analysis
  apply_patch assign_agent_task assistant auto cancelled cell close_agent code code_cell code_cell_ended
  code_cell_initial_response code_cell_started code_mode_response codex_turn_ended codex_turn_started
  commentary compaction compaction_checkpoint compaction_installed compaction_request
  compaction_request_completed compaction_request_failed compaction_request_started compaction_response
  compaction_summary compaction_trigger completed context_compaction custom custom_tool_call
  custom_tool_call_output delete developer direct_response disabled encrypted_content error errored
  exec_command failed final final_answer function function_call function_call_output generic harness high
  history_item_accepted image_generation image_generation_call in_progress incomplete inference_cancelled
  inference_completed inference_failed inference_request inference_response inference_started input_image
  input_text interacted interrupted item_completed item_started list_files local_shell local_shell_call low
  max mcp mcp_tool_call mcp_tool_call_correlation_assigned mcp_tool_call_output medium message minimal model
  none not_found other output_text partial_answer pending_init protocol_event protocol_event_observed read
  reasoning reasoning_text recording_completed response.create rollout_ended rollout_started running search
  send_message session_configured session_metadata shutdown shutdown_complete spawn_agent started starting
  stdin_target_resolved summary summary_text system task_complete task_started terminal terminal_runtime_event
  terminated text thread_ended thread_resumed thread_started token_count tool tool_call_ended
  tool_call_runtime_ended tool_call_runtime_started tool_call_started tool_invocation tool_result
  tool_runtime_event tool_search_call tool_search_output turn_aborted turn_complete turn_started
  unified_exec_startup unknown update user user_message wait_agent warning web web_search_call write_stdin
  xhigh yielded
`);
const VALUE_KEYS = words(
  'channel collaboration_mode_kind effort event_type kind phase reasoning_effort role source status type',
);
export const isKeptValue = (key: string, text: string): boolean => VALUE_KEYS.has(key) && VALUES.has(text);

/** The tools that Codex brings along. Any other, a server, and a nickname say who works on what. */
const TOOLS = words(`
  apply_patch assign_agent_task close_agent custom_tool exec exec_command followup_task image_generation
  image_query interrupt_agent list_agents local_shell resume_agent send_input send_message shell shell_command
  spawn_agent update_plan view_image wait wait_agent web_search web_search_preview write_stdin
`);
const NAME_KEYS = words(`
  agent_nickname agent_role label name namespace new_agent_nickname new_agent_role nickname
  receiver_agent_nickname receiver_agent_role server task_name tool tool_name tool_namespace
`);
export const isName = (key: string): boolean => NAME_KEYS.has(key);
export const isKnownTool = (name: string): boolean => TOOLS.has(name);

/** Below these anything may stand, with keys and numbers that somebody made up. */
const OPAQUE = words(`
  action arguments changes client_metadata context info input_schema instructions
  internal_chat_message_metadata_passthrough metadata output_schema parameters permission_profile rate_limits
  raw_arguments result sandbox_policy schema stored_values structuredContent structured_content tool_choice
  tools value
`);
export const isOpaque = (key: string): boolean => OPAQUE.has(key);
