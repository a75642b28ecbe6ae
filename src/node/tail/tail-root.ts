import { catchError, EMPTY, filter, map, mergeMap, scan, switchMap, tap, type Observable } from 'rxjs';
import { isTraceError, type TraceError } from '../../errors/trace-error.js';
import type { NoProjections, ProjectionStates, Viewed } from '../../views/own-projection.js';
import { byAge, findBundles, type FoundBundle } from './find-bundles.js';
import { tailBundle, type TailOptions } from './tail-bundle.js';
import type { TailSnapshot } from './tail-snapshot.js';
import { untilAborted } from './until-aborted.js';

export interface TailRootOptions<S extends ProjectionStates = NoProjections> extends TailOptions<S> {
  /** Follow every bundle, in one stream, instead of the newest alone. */
  readonly all?: boolean;
  /** Called for a bundle whose recording has ended: no snapshot of it comes any more. */
  readonly onEnded?: (directory: string) => void;
  /** Called for a bundle that cannot be followed, and the others go on. Otherwise the stream errors. */
  readonly onRefused?: (directory: string, error: TraceError) => void;
}

/**
 * Follows the newest bundle of a trace root, and the next one as soon as it appears; or all of them. A root
 * that is not there is waited for. Never completes by itself: another session may begin at any time.
 */
export const tailRoot = <S extends ProjectionStates = NoProjections>(
  root: string,
  options: TailRootOptions<S> = {},
): Observable<TailSnapshot & Viewed<S>> => {
  const { all = false, onEnded, onRefused, signal, ...tailOptions } = options;
  const { pollMs = 200 } = tailOptions;
  const follow = ({ directory }: FoundBundle): Observable<TailSnapshot & Viewed<S>> =>
    tailBundle(directory, tailOptions).pipe(
      tap({ complete: () => onEnded?.(directory) }),
      catchError((error: unknown) => {
        if (!onRefused || !isTraceError(error)) throw error;
        onRefused(directory, error);
        return EMPTY;
      }),
    );
  const found$ = findBundles(root, pollMs);
  const snapshots$ = all
    ? found$.pipe(
        mergeMap((found) => found),
        mergeMap(follow),
      )
    : found$.pipe(newest(), switchMap(follow));
  return snapshots$.pipe(untilAborted(signal));
};

/** Each bundle that is newer than all before it, the newest of a list alone. */
const newest = () => (found$: Observable<readonly FoundBundle[]>) =>
  found$.pipe(
    scan(
      ({ current }, found) => {
        const candidate = found.at(-1);
        const isNewer = candidate !== undefined && (!current || byAge(current, candidate) < 0);
        return { current: isNewer ? candidate : current, isNewer };
      },
      { current: undefined as FoundBundle | undefined, isNewer: false },
    ),
    filter(({ isNewer }) => isNewer),
    map(({ current }) => current),
    filter((current) => current !== undefined),
  );
