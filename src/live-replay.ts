import type { Observable } from 'rxjs';
import type { Manifest } from './model/manifest.js';
import { BATCH, headerOf, stagesOf } from './replay.js';
import type { Batch } from './streams/batch.js';
import { burstsInBatches, type Burst } from './streams/bursts.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams } from './streams/drivers.js';
import { snapshots, type TraceSnapshot } from './streams/snapshots.js';
import type { Stage } from './streams/stage.js';
import { withViews } from './streams/with-views.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from './views/own-projection.js';

/**
 * The same way as `replay`, for a log that goes on: entries come in bursts, and behind each that asks for it comes
 * a snapshot, equal to what a replay of the log so far gives.
 */
export const liveReplay = <S extends ProjectionStates = NoProjections>(
  bursts$: Observable<Burst>,
  manifest: Manifest,
  projections?: OwnProjections<S>,
): Observable<TraceSnapshot & Viewed<S>> =>
  liveFacts(bursts$, stagesOf(manifest, streams)).pipe(withViews(projections, snapshots(headerOf(manifest))));

/** The pipe of every log that goes on, up to whatever is made of its facts. */
export const liveFacts = (bursts$: Observable<Burst>, stages: readonly Stage[]): Observable<Batch> =>
  bursts$.pipe(burstsInBatches({ of: BATCH }), connectCascade(...stages));
