import { map, type Observable } from 'rxjs';
import type { PayloadStore } from './bundle/payload.js';
import { readEvent } from './bundle/read-event.js';
import { liveReplay } from './live-replay.js';
import type { Manifest } from './model/manifest.js';
import { rulesFor } from './schemas/index.js';
import type { TraceSnapshot } from './streams/snapshots.js';

export interface ReduceLiveOptions {
  /** Where the payloads are that the events name. */
  readonly payloads: PayloadStore;
}

/**
 * Reduces events from anywhere while they come, with a snapshot behind each: what `reduceEvents` would give if
 * no more came. Errors with `schema_unsupported`, and with the error of the source; what is wrong with a
 * recording stands in the snapshot.
 */
export const reduceLive = (
  events$: Observable<unknown>,
  manifest: Manifest,
  { payloads }: ReduceLiveOptions,
): Observable<TraceSnapshot> => {
  const { event: schema } = rulesFor(manifest.schema_version);
  const bursts$ = events$.pipe(map((event, index) => [readEvent(schema, event, index + 1)]));
  return liveReplay(bursts$, { manifest, payloads });
};
