import type { RawEventType } from '../../model/raw-event.js';

/** What the log says of its own end. */
export interface Ending {
  see(event: RawEventType): void;
  /** Whether nothing more is to come, by what was seen and by how long nothing was appended, in milliseconds. */
  isOver(quietFor: number): boolean;
}

export interface EndingOptions {
  /** Whether the log says by itself that it is complete. */
  readonly isSealed: boolean;
  readonly quietMs: number;
  readonly idleMs: number;
}

/**
 * A sealed log says when it is complete. Another one ends with the rollout, and children and late events of
 * the runtime may still come behind that: it is over when nothing came for a while.
 * The log of a process that was killed says nothing: only `idleMs` ends it.
 */
export const ending = (options: EndingOptions): Ending => {
  const last: RawEventType = options.isSealed ? 'recording_completed' : 'rollout_ended';
  const pause = options.isSealed ? 0 : options.quietMs;
  let seen = false;
  return {
    see(event) {
      seen ||= event === last;
    },
    isOver: (quietFor) => quietFor >= (seen ? Math.min(pause, options.idleMs) : options.idleMs),
  };
};
