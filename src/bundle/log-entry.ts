import type { Problem } from '../errors/trace-error.js';
import type { RawTraceEvent } from '../model/raw-event.js';

/** What a line of the log turned out to be. */
export type LogEntry =
  | { readonly type: 'event'; readonly line: number; readonly event: RawTraceEvent }
  | { readonly type: 'problem'; readonly problem: Problem };
