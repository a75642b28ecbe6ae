import { lastValueFrom, map, type Observable } from 'rxjs';
import type { PayloadStore } from './bundle/payload.js';
import { entriesOf } from './entries-of.js';
import type { Manifest } from './model/manifest.js';
import { replay } from './replay.js';
import type { Reduction } from './streams/assemble.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from './views/own-projection.js';

export interface ReduceEventsOptions<S extends ProjectionStates = NoProjections> {
  /** Where the payloads are that the events name. */
  readonly payloads: PayloadStore;
  /** Projections of your own: what they came to stands in `views`, under their names. */
  readonly projections?: OwnProjections<S>;
  /** Fail at the first problem with a TraceError. Otherwise problems are collected. */
  readonly strict?: boolean;
  /** Called with the number of events so far, after each. */
  readonly onProgress?: (events: number) => void;
  /** Ends the work; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reduces events from anywhere: memory, a socket, another process. They are plain data and are checked as
 * the lines of a log are; an event's position in the stream stands for its line. An `EventLine` is still text.
 * Rejects as `replayBundle` does, and with the error of the source.
 */
export const reduceEvents = async <S extends ProjectionStates = NoProjections>(
  events$: Observable<unknown>,
  manifest: Manifest,
  options: ReduceEventsOptions<S>,
): Promise<Reduction & Viewed<S>> => {
  const { payloads, projections, strict = false, onProgress, signal } = options;
  const watched$ = events$.pipe(
    map((event, index) => {
      signal?.throwIfAborted();
      onProgress?.(index + 1);
      return event;
    }),
  );
  return lastValueFrom(replay(entriesOf(watched$, manifest), { manifest, payloads, strict }, projections));
};
