import type { Problem } from '../errors/trace-error.js';
import type { RawEventBodyOf, RawEventType, RawTraceEvent } from '../model/raw-event.js';
import type { Unresolved } from '../model/unresolved.js';
import type { PayloadHandle } from '../bundle/payload.js';
import type { EventSource } from './event-source.js';
import type { LearnedFact } from './learned.js';
import type { Write } from './writes.js';

/** An event of the log, with a handle on the payload that its reduction may need. */
export type RawFact = RawFactOf<RawEventType>;
export type RawFactOf<Type extends RawEventType> = Type extends RawEventType
  ? {
      readonly type: Type;
      readonly at: EventSource;
      /** What the event says of the recording that it belongs to. */
      readonly envelope: Pick<RawTraceEvent, 'schema_version' | 'rollout_id'>;
      readonly body: RawEventBodyOf<Type>;
      readonly payload: PayloadHandle | null;
    }
  : never;

/**
 * Something is wrong with the recording: the original refuses the whole bundle here. Strict reduction
 * throws the first one; otherwise they are collected and the step that reports it goes on.
 */
export interface ProblemFact {
  readonly type: 'problem';
  readonly problem: Problem;
}

/** A line of the log that is no event. To the reduction it is a problem; it follows from nothing else. */
export interface UnreadableLine {
  readonly type: 'unreadable_line';
  readonly problem: Problem;
}

/** Something waited to the end of the log for what never came. No error: recordings may stop anywhere. */
export interface UnresolvedFact {
  readonly type: 'unresolved';
  readonly unresolved: Unresolved;
}

export type Fact = RawFact | UnreadableLine | LearnedFact | Write | ProblemFact | UnresolvedFact;
export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { readonly type: T }>;
