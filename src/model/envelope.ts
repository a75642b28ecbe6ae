import * as z from 'zod';
import { rawEventBodySchema, type RawTraceEvent } from './raw-event.js';
import { i64, optional, u32, u64 } from './wire.js';

/** One line of `trace.jsonl`. Unknown keys are ignored at every level. */
export const rawTraceEventSchema: z.ZodType<RawTraceEvent> = z.object({
  schema_version: u32,
  seq: u64,
  wall_time_unix_ms: i64,
  rollout_id: z.string(),
  thread_id: optional(z.string()),
  codex_turn_id: optional(z.string()),
  payload: rawEventBodySchema,
});
