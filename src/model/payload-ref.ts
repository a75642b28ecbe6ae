import * as z from 'zod/mini';
import type { RawPayloadId } from './ids.js';

export const rawPayloadKinds = [
  'inference_request',
  'inference_response',
  'compaction_request',
  'compaction_checkpoint',
  'compaction_response',
  'tool_invocation',
  'tool_result',
  'tool_runtime_event',
  'terminal_runtime_event',
  'protocol_event',
  'session_metadata',
  'agent_result',
] as const;
export type RawPayloadKind = (typeof rawPayloadKinds)[number];

/** An adjacently tagged unit variant: its `value` may be null; other keys are ignored. */
const kindSchema = z.object({ type: z.enum(rawPayloadKinds), value: z.optional(z.null()) });

/** Where an event's evidence lies: one JSON file of the bundle. */
export const rawPayloadRefSchema = z.object({
  raw_payload_id: z.string(),
  kind: kindSchema,
  /** Relative to the bundle. */
  path: z.string(),
});

export interface RawPayloadRef {
  readonly raw_payload_id: RawPayloadId;
  readonly kind: { readonly type: RawPayloadKind };
  readonly path: string;
}
