import type { EventPayload } from '../bundle/payload.js';
import { rawEventTypes, type RawEventType } from '../model/raw-event.js';
import type { FactOf } from './facts.js';
import type { LearnedType } from './learned.js';

/**
 * Learned facts that we stand by: they speak of what the graph speaks of. The others are talk between two
 * stages, or may be taken back while the log goes on.
 */
export const promisedTypes = [
  'thread_appeared',
  'thread_restarted',
  'turn_appeared',
  'turn_ended',
  'inference_opened',
  'inference_answered',
  'items_observed',
  'item_rewritten',
  'response_items_known',
  'checkpoint_reduced',
  'tool_started',
  'tool_runtime_started',
  'tool_runtime_ended',
  'tool_ended',
  'tool_items_linked',
  'cell_started',
  'cell_responded',
  'cell_ended',
] as const satisfies readonly LearnedType[];

/** What a projection of a user may read: every event of the log, and the learned facts that we stand by. */
export type TraceFactType = RawEventType | (typeof promisedTypes)[number];
export type TraceFactOf<Type extends TraceFactType> = Shown<FactOf<Type>>;
export type TraceFact = TraceFactOf<TraceFactType>;

export const traceFactTypes: ReadonlySet<string> = new Set<TraceFactType>([
  ...rawEventTypes,
  ...promisedTypes,
]);

/** A fact whose payload can be read, and nothing else. */
type Shown<Fact> = {
  readonly [Field in keyof Fact]: Field extends 'payload'
    ? EventPayload | Extract<Fact[Field], null>
    : Fact[Field];
};
