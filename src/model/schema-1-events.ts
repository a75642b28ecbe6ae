import * as z from 'zod/mini';
import { rawPayloadRefSchema } from './payload-ref.js';
import { commonEvents, event } from './common-events.js';

/** The events of Codex 0.125 to 0.160. */
export const schema1Events = [
  ...commonEvents,
  event('tool_call_runtime_started', { tool_call_id: z.string(), runtime_payload: rawPayloadRefSchema }),
] as const;
