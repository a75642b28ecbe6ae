import type { WireInteger } from './integers.js';

/** How a runtime object stands. `running` also covers "the recording ended before it did". */
export const executionStatuses = ['running', 'completed', 'failed', 'cancelled', 'aborted'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** How a rollout or a thread ended; unlike an execution it is never `cancelled`. */
export const rolloutStatuses = ['running', 'completed', 'failed', 'aborted'] as const;
export type RolloutStatus = (typeof rolloutStatuses)[number];

/** How a code cell stands. One that yielded lives on. */
export const codeCellStatuses = [
  'starting',
  'running',
  'yielded',
  'completed',
  'failed',
  'terminated',
] as const;
export type CodeCellRuntimeStatus = (typeof codeCellStatuses)[number];

/**
 * Runtime interval of one object. Times (Unix milliseconds) are for display and latency; `seq` is the
 * causal order.
 */
export interface ExecutionWindow {
  readonly started_at_unix_ms: WireInteger;
  readonly started_seq: WireInteger;
  readonly ended_at_unix_ms: WireInteger | null;
  readonly ended_seq: WireInteger | null;
  readonly status: ExecutionStatus;
}

/** The point in the log at which something happened. */
export interface Instant {
  readonly seq: WireInteger;
  /** Unix milliseconds. */
  readonly time: WireInteger;
}

/** A window that opens now. */
export const runningSince = (at: Instant): ExecutionWindow => ({
  started_at_unix_ms: at.time,
  started_seq: at.seq,
  ended_at_unix_ms: null,
  ended_seq: null,
  status: 'running',
});

/** The same window, closed now. */
export const endedAt = (window: ExecutionWindow, at: Instant, status: ExecutionStatus): ExecutionWindow => ({
  ...window,
  ended_at_unix_ms: at.time,
  ended_seq: at.seq,
  status,
});
