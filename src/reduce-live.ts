import { defer, map, type Observable } from 'rxjs';
import type { PayloadStore } from './bundle/payload.js';
import { entriesOf } from './entries-of.js';
import { liveReplay } from './live-replay.js';
import type { Manifest } from './model/manifest.js';
import type { RecordingContext } from './replay.js';
import { lookedAt, type Burst } from './streams/bursts.js';
import type { TraceSnapshot } from './streams/snapshots.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from './views/own-projection.js';

export interface ReduceLiveOptions<S extends ProjectionStates = NoProjections> {
  /** Where the payloads are that the events name. */
  readonly payloads: PayloadStore;
  /** Projections of your own: each stands in `views` of every snapshot, under its name. */
  readonly projections?: OwnProjections<S>;
}

/**
 * Reduces events from anywhere while they come, with a snapshot behind each: what `reduceEvents`, which tells
 * what an event may be, would give if no more came. Errors with `schema_unsupported`, with the error of the
 * source, and with what a projection of your own throws; what is wrong with a recording stands in the snapshot.
 */
export const reduceLive = <S extends ProjectionStates = NoProjections>(
  events$: Observable<unknown>,
  manifest: Manifest,
  { payloads, projections }: ReduceLiveOptions<S>,
): Observable<TraceSnapshot & Viewed<S>> =>
  defer(() => liveReplay(burstsOf(events$, { manifest, payloads }), manifest, projections));

/** Each event as a burst of its own. Throws `schema_unsupported`. */
export const burstsOf = (
  events$: Observable<unknown>,
  { manifest, payloads }: RecordingContext,
): Observable<Burst> => entriesOf(events$, manifest).pipe(map((entry) => lookedAt([entry], payloads)));
