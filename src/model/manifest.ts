import * as z from 'zod/mini';
import { i64, u32 } from './wire.js';

/** `manifest.json`. All keys are required; unknown keys are ignored. The two file names are not followed. */
export const manifestSchema = z.object({
  schema_version: u32,
  /** Identity of this recording. */
  trace_id: z.string(),
  /** Identity of the recorded session. */
  rollout_id: z.string(),
  /** Thread that everything else descends from. */
  root_thread_id: z.string(),
  /** Unix milliseconds. */
  started_at_unix_ms: i64,
  raw_event_log: z.string(),
  payloads_dir: z.string(),
});

export type Manifest = z.infer<typeof manifestSchema>;
