import * as z from 'zod/mini';
import { optional, u64 } from './wire.js';

/** What the runtime says a tool is. */
export const toolCallKindSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('exec_command') }),
  z.object({ type: z.literal('write_stdin') }),
  z.object({ type: z.literal('apply_patch') }),
  z.object({ type: z.literal('mcp'), server: z.string(), tool: z.string() }),
  z.object({ type: z.literal('web') }),
  z.object({ type: z.literal('image_generation') }),
  z.object({ type: z.literal('spawn_agent') }),
  z.object({ type: z.literal('assign_agent_task') }),
  z.object({ type: z.literal('send_message') }),
  z.object({ type: z.literal('wait_agent') }),
  z.object({ type: z.literal('close_agent') }),
  z.object({ type: z.literal('other'), name: z.string() }),
]);
export type ToolCallKind = Readonly<z.infer<typeof toolCallKindSchema>>;

/** A bounded card text for a tool call, as recorded. */
export const toolCallSummarySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('terminal'), operation_id: z.string() }),
  z.object({
    type: z.literal('agent'),
    target_agent_path: z.string(),
    task_name: optional(z.string()),
    message_preview: z.string(),
  }),
  z.object({
    type: z.literal('wait_agent'),
    target_agent_path: optional(z.string()),
    timeout_ms: optional(u64),
  }),
  z.object({
    type: z.literal('generic'),
    label: z.string(),
    input_preview: optional(z.string()),
    output_preview: optional(z.string()),
  }),
]);
export type RecordedToolCallSummary = Readonly<z.infer<typeof toolCallSummarySchema>>;

/** Who asked for a tool: the model, or JavaScript in a code cell (by its thread-local handle). */
export const toolRequesterSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('model') }),
  z.object({ type: z.literal('code_cell'), runtime_cell_id: z.string() }),
]);
