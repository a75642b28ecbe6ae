import * as z from 'zod/mini';
import { codeCellStatuses, executionStatuses, rolloutStatuses } from './execution.js';
import { rawPayloadRefSchema } from './payload-ref.js';
import { toolCallKindSchema, toolCallSummarySchema, toolRequesterSchema } from './tool-kind.js';
import { optional } from './wire.js';

const id = z.string();
const ref = rawPayloadRefSchema;
const rolloutStatus = z.enum(rolloutStatuses);
const executionStatus = z.enum(executionStatuses);
const codeCellStatus = z.enum(codeCellStatuses);

/** Builds one event: its tag and its fields, in the order in which the format writes them. */
export const event = <T extends string, F extends z.core.$ZodShape>(type: T, fields: F) =>
  z.object({ type: z.literal(type), ...fields });

/** The types of events, by their schemas. */
export const eventTypesOf = <T extends string>(
  events: readonly { readonly shape: { readonly type: z.ZodMiniLiteral<T> } }[],
): readonly T[] => events.flatMap(({ shape }) => shape.type.def.values);

/** What both schemas record alike. Docs stand where a field's name does not say it all. */
export const commonEvents = [
  event('rollout_started', { trace_id: id, root_thread_id: id }),
  event('rollout_ended', { status: rolloutStatus }),
  event('thread_started', { thread_id: id, agent_path: z.string(), metadata_payload: optional(ref) }),
  event('thread_ended', { thread_id: id, status: rolloutStatus }),
  event('codex_turn_started', { codex_turn_id: id, thread_id: id }),
  event('codex_turn_ended', { codex_turn_id: id, status: executionStatus }),
  event('inference_started', {
    inference_call_id: id,
    thread_id: id,
    codex_turn_id: id,
    model: z.string(),
    provider_name: z.string(),
    request_payload: ref,
  }),
  event('inference_completed', {
    inference_call_id: id,
    /** The provider's `response.id`: what `previous_response_id` of a later request names. */
    response_id: optional(z.string()),
    /** Id of the transport request, such as `x-request-id`. */
    upstream_request_id: optional(z.string()),
    response_payload: ref,
  }),
  event('inference_failed', {
    inference_call_id: id,
    upstream_request_id: optional(z.string()),
    error: z.string(),
    partial_response_payload: optional(ref),
  }),
  event('inference_cancelled', {
    inference_call_id: id,
    upstream_request_id: optional(z.string()),
    reason: z.string(),
    partial_response_payload: optional(ref),
  }),
  event('tool_call_started', {
    tool_call_id: id,
    /** `call_id` of the item by which the model asked for this call. */
    model_visible_call_id: optional(z.string()),
    /** Id that the JavaScript runtime gave the call, when a code cell asked for it. */
    code_mode_runtime_tool_id: optional(z.string()),
    requester: toolRequesterSchema,
    kind: toolCallKindSchema,
    summary: toolCallSummarySchema,
    invocation_payload: optional(ref),
  }),
  event('mcp_tool_call_correlation_assigned', { tool_call_id: id, mcp_call_id: z.string() }),
  event('tool_call_runtime_ended', { tool_call_id: id, status: executionStatus, runtime_payload: ref }),
  event('tool_call_ended', { tool_call_id: id, status: executionStatus, result_payload: optional(ref) }),
  event('code_cell_started', {
    /** Handle of the cell, unique in its thread only. */
    runtime_cell_id: z.string(),
    model_visible_call_id: z.string(),
    source_js: z.string(),
  }),
  event('code_cell_initial_response', {
    runtime_cell_id: z.string(),
    status: codeCellStatus,
    response_payload: optional(ref),
  }),
  event('code_cell_ended', {
    runtime_cell_id: z.string(),
    status: codeCellStatus,
    response_payload: optional(ref),
  }),
  event('compaction_request_started', {
    compaction_id: id,
    compaction_request_id: id,
    thread_id: id,
    codex_turn_id: id,
    model: z.string(),
    provider_name: z.string(),
    request_payload: ref,
  }),
  event('compaction_request_completed', {
    compaction_id: id,
    compaction_request_id: id,
    response_payload: ref,
  }),
  event('compaction_request_failed', { compaction_id: id, compaction_request_id: id, error: z.string() }),
  /** Thread and turn of an installed compaction come from the envelope, and are required there. */
  event('compaction_installed', { compaction_id: id, checkpoint_payload: ref }),
  event('agent_result_observed', {
    edge_id: id,
    child_thread_id: id,
    child_codex_turn_id: id,
    parent_thread_id: id,
    message: z.string(),
    carried_payload: optional(ref),
  }),
  event('protocol_event_observed', { event_type: z.string(), event_payload: ref }),
  event('other', {
    kind: z.string(),
    summary: z.string(),
    payloads: z.array(ref),
    /** Any JSON, but it must be there. */
    metadata: z.custom<unknown>((value) => value !== undefined, 'expected any JSON value'),
  }),
] as const;
