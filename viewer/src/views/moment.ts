import type { Problem, References, RolloutTrace, Unresolved, WireInteger } from 'rollout-trace';
import type { EventIndex } from '../recording/event-index.js';
import type { PackedPayloads } from '../recording/payloads.js';

/** A session as it stood after so many of its events: what every view is made of. */
export interface Moment {
  readonly at: number;
  readonly trace: RolloutTrace;
  readonly diagnostics: readonly Problem[];
  readonly unresolved: readonly Unresolved[];
  readonly events: EventIndex;
  readonly payloads: PackedPayloads;
  /** What led to what. All rows are read for it when it is asked for first. */
  references(): References;
}

/** Times of the format are exact; a picture is not. */
export const asNumber = (value: WireInteger): number => Number(value);
export const asTime = (value: WireInteger | null): number | null => (value === null ? null : Number(value));

/** Text in one line, cut where nobody reads on. */
export const shortened = (text: string, most = 240): string => {
  const line = text
    .slice(0, most * 2)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
};

/** How something ended, in one word for all tables. */
export type Outcome = 'running' | 'completed' | 'failed' | 'cancelled' | 'aborted';
