import type { Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import { BATCH, headerOf, stagesOf, type Recording } from './replay.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams } from './streams/drivers.js';
import { burstsInBatches } from './streams/in-batches.js';
import { snapshots, type TraceSnapshot } from './streams/snapshots.js';
import { burstsToFacts } from './streams/to-facts.js';

/**
 * The same way as `replay`, for a log that goes on: entries come in bursts, and behind each burst comes a
 * snapshot, equal to what a replay of the log so far gives.
 */
export const liveReplay = (
  bursts$: Observable<readonly LogEntry[]>,
  { manifest, payloads }: Omit<Recording, 'strict'>,
): Observable<TraceSnapshot> =>
  bursts$.pipe(
    burstsToFacts(payloads),
    burstsInBatches({ of: BATCH }),
    connectCascade(...stagesOf(manifest, streams)),
    snapshots(headerOf(manifest)),
  );
