import { lastValueFrom } from 'rxjs';
import { replay } from '../replay.js';
import { rulesFor } from '../schemas/index.js';
import type { Reduction } from '../streams/assemble.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from '../views/own-projection.js';
import { openBundle } from './open-bundle.js';
import { readLog, type Progress } from './read-log.js';

export interface ReplayBundleOptions<S extends ProjectionStates = NoProjections> {
  /** Projections of your own: what they came to stands in `views`, under their names. */
  readonly projections?: OwnProjections<S>;
  /** Fail at the first problem with a TraceError, as the original does. Otherwise problems are collected. */
  readonly strict?: boolean;
  /** Called every 50 ms or so, and never for a short log. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the work; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds of work, 5 if nothing is said, before the event loop gets its turn. The batch of events at hand
   * goes on to its end, and a payload is parsed in one piece, however long it is.
   */
  readonly sliceMs?: number;
}

/**
 * Reduces a bundle on disk. Rejects with a TraceError where nothing can be reduced: no readable manifest
 * (`manifest_unreadable`), an unknown schema (`schema_unsupported`), no log (`log_unreadable`), and in
 * strict mode any problem. Reads nothing outside of the folder.
 */
export const replayBundle = async <S extends ProjectionStates = NoProjections>(
  directory: string,
  options: ReplayBundleOptions<S> = {},
): Promise<Reduction & Viewed<S>> => {
  const { projections, strict = false, onProgress, signal, sliceMs = 5 } = options;
  const { files, manifest, payloads } = openBundle(directory);
  const { event: schema } = rulesFor(manifest.schema_version);
  const log$ = readLog(files, { schema, onProgress, signal, sliceMs });
  return lastValueFrom(replay(log$, { manifest, payloads, strict }, projections));
};
