import type { Problem } from 'rollout-trace';
import type { RecordingFrameHeader } from 'rollout-trace/node';
import * as z from 'zod/mini';

const count = z.int().check(z.minimum(0));
const isProblem = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

const headerSchema: z.ZodMiniType<RecordingFrameHeader> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('manifest'), length: count }),
  z.object({
    type: z.literal('line'),
    line: count,
    complete: z.boolean(),
    isUtf8: z.boolean(),
    length: count,
  }),
  z.object({
    type: z.literal('payload'),
    path: z.string(),
    base: z.nullable(z.string()),
    head: count,
    tail: count,
    length: count,
  }),
  z.object({ type: z.literal('unreadable'), path: z.string(), problem: z.custom<Problem>(isProblem) }),
  z.object({ type: z.literal('caught_up') }),
  z.object({ type: z.literal('restart') }),
]);

/** The header of a frame. Throws where the page and what tells it are not of one version. */
export const readHeader = (json: string): RecordingFrameHeader => headerSchema.parse(JSON.parse(json));
