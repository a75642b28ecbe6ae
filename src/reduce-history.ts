import type { Observable } from 'rxjs';
import type { PayloadStore } from './bundle/payload.js';
import { entriesOf } from './entries-of.js';
import { historyReplay } from './history-replay.js';
import type { Manifest } from './model/manifest.js';
import type { TraceHistory } from './streams/trace-history.js';

export interface ReduceHistoryOptions {
  /** Where the payloads are that the events name. */
  readonly payloads: PayloadStore;
  /** Events between two checkpoints: with less of them a moment is nearer, and more is remembered. 64 by default. */
  readonly checkpointEvery?: number;
}

/**
 * Reduces events from anywhere into the history of their session: first an empty one, then one behind each
 * event; the last one has all. Errors as `reduceLive` does. Throws a RangeError where `checkpointEvery` is no
 * whole number from 1 up.
 */
export const reduceHistory = (
  events$: Observable<unknown>,
  manifest: Manifest,
  { payloads, checkpointEvery = CHECKPOINT_EVERY }: ReduceHistoryOptions,
): Observable<TraceHistory> => {
  if (!Number.isInteger(checkpointEvery) || checkpointEvery < 1) {
    throw new RangeError(`checkpointEvery must be a whole number from 1 up, not ${checkpointEvery}`);
  }
  return historyReplay(entriesOf(events$, manifest), { manifest, payloads }, { every: checkpointEvery });
};

/** Beyond it hardly any memory is saved: most of what is left are the writes themselves. */
const CHECKPOINT_EVERY = 64;
