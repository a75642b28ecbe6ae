import type { Instant } from '../model/execution.js';

/** Where and when an event stands in the log. It travels with every fact that follows from it. */
export interface EventSource extends Instant {
  /** 1-based line of `trace.jsonl`. */
  readonly line: number;
  /** Thread and turn of the envelope. */
  readonly thread: string | null;
  readonly turn: string | null;
}
