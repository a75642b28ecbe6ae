import * as z from 'zod/mini';
import { eventTypesOf } from './common-events.js';
import { schema1Events } from './schema-1-events.js';
import { schema2Events } from './schema-2-events.js';
import type { WireInteger } from './integers.js';
import type { SchemaVersion } from './schema-version.js';
import { i64, optional, u32, u64 } from './wire.js';

const bodySchemas = {
  1: z.discriminatedUnion('type', schema1Events),
  2: z.discriminatedUnion('type', schema2Events),
};

interface RawEventBodies {
  readonly 1: Readonly<z.infer<(typeof bodySchemas)[1]>>;
  readonly 2: Readonly<z.infer<(typeof bodySchemas)[2]>>;
}

/** What happened, tagged by `type`, in one schema or in any. */
export type RawEventBody<Version extends SchemaVersion = SchemaVersion> = RawEventBodies[Version];
export type RawEventType = RawEventBody['type'];
export type RawEventBodyOf<T extends RawEventType> = Extract<RawEventBody, { readonly type: T }>;

/** All types of event of all schemas. */
export const rawEventTypes: readonly RawEventType[] = [
  ...new Set([...eventTypesOf(schema1Events), ...eventTypesOf(schema2Events)]),
];

/** One event of `trace.jsonl`: the envelope and what happened. File order is replay order. */
export interface RawTraceEvent<Version extends SchemaVersion = SchemaVersion> {
  readonly schema_version: WireInteger;
  readonly seq: WireInteger;
  /** Unix milliseconds; may be negative. */
  readonly wall_time_unix_ms: WireInteger;
  readonly rollout_id: string;
  readonly thread_id?: string | null | undefined;
  readonly codex_turn_id?: string | null | undefined;
  readonly payload: RawEventBody<Version>;
}

/** One line of `trace.jsonl`. Unknown keys are ignored at every level. */
const envelope = <Body extends z.ZodMiniType>(payload: Body) =>
  z.object({
    schema_version: u32,
    seq: u64,
    wall_time_unix_ms: i64,
    rollout_id: z.string(),
    thread_id: optional(z.string()),
    codex_turn_id: optional(z.string()),
    payload,
  });

export const rawTraceEventSchemas: { readonly [V in SchemaVersion]: z.ZodMiniType<RawTraceEvent<V>> } = {
  1: envelope(bodySchemas[1]),
  2: envelope(bodySchemas[2]),
};
