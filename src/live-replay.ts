import type { Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import type { PayloadStore } from './bundle/payload.js';
import { BATCH, headerOf, stagesOf, type RecordingContext } from './replay.js';
import type { Batch } from './streams/batch.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams } from './streams/drivers.js';
import { burstsInBatches } from './streams/in-batches.js';
import { snapshots, type TraceSnapshot } from './streams/snapshots.js';
import { burstsToFacts } from './streams/to-facts.js';
import { withViews } from './streams/with-views.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from './views/own-projection.js';

/**
 * The same way as `replay`, for a log that goes on: entries come in bursts, and behind each burst comes a
 * snapshot, equal to what a replay of the log so far gives.
 */
export const liveReplay = <S extends ProjectionStates = NoProjections>(
  bursts$: Observable<readonly LogEntry[]>,
  { manifest, payloads }: RecordingContext,
  projections?: OwnProjections<S>,
): Observable<TraceSnapshot & Viewed<S>> =>
  liveBatches(bursts$, payloads).pipe(
    connectCascade(...stagesOf(manifest, streams)),
    withViews(projections, snapshots(headerOf(manifest))),
  );

/** Where every way of a log that goes on begins. */
export const liveBatches = (
  bursts$: Observable<readonly LogEntry[]>,
  payloads: PayloadStore,
): Observable<Batch> => bursts$.pipe(burstsToFacts(payloads), burstsInBatches({ of: BATCH }));
