import { Observable } from 'rxjs';
import { isTraceError } from '../../errors/trace-error.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from '../../views/own-projection.js';
import { bundleLooker, type BundleLook } from './bundle-look.js';
import { bundleRun, type BundleRun, type Pace, type RunSnapshot } from './bundle-run.js';
import { lookout } from './lookout.js';
import type { Restart } from './restart.js';
import type { TailSnapshot } from './tail-snapshot.js';
import { untilAborted } from './until-aborted.js';

export interface TailOptions<S extends ProjectionStates = NoProjections> {
  /** Projections of your own: each stands in `views` of every snapshot, under its name. */
  readonly projections?: OwnProjections<S>;
  /**
   * Milliseconds between two looks where the file system reports nothing; up to ten times as many where nothing was
   * appended for long. A last line without its line break
   * counts as the end of the log when nothing came for twice as long.
   */
  readonly pollMs?: number;
  /** Milliseconds that a payload, or a manifest that was begun, gets to be complete. */
  readonly payloadWaitMs?: number;
  /**
   * Milliseconds without a new event after which a rollout that has ended is over. Counts where the recording
   * does not say by itself that it is complete: in schema 1.
   */
  readonly quietMs?: number;
  /**
   * Milliseconds without a new event after which a recording is over whatever it says: that of a process which was
   * killed never says that it has ended. By default it is waited for more until somebody unsubscribes.
   */
  readonly idleMs?: number;
  /** Ends the work; the stream errors with its reason. */
  readonly signal?: AbortSignal;
}

/** Milliseconds between two looks for a payload that an event waits for. */
const PAYLOAD_POLL_MS = 20;
/** How much longer one waits for more of a log that was quiet for long, and which part of that time. */
const PATIENCE = 10;

/**
 * Follows a bundle on disk while it is written, from its start, which may be still to come: each snapshot
 * equals what `replayBundle` gives for the log so far. Completes at the end of the recording. Errors with a
 * TraceError where the schema is unknown, and where the manifest or the log is there and stays unreadable.
 * Reads nothing outside of the folder. Nothing is left behind once it has ended or was unsubscribed.
 */
export const tailBundle = <S extends ProjectionStates = NoProjections>(
  directory: string,
  options: TailOptions<S> = {},
): Observable<TailSnapshot & Viewed<S>> => {
  const {
    projections,
    pollMs = 200,
    payloadWaitMs = 1000,
    quietMs = 3000,
    idleMs = Infinity,
    signal,
  } = options;
  const runOptions = { projections, settleMs: 2 * pollMs, payloadWaitMs, quietMs, idleMs };

  return new Observable<TailSnapshot & Viewed<S>>((subscriber) => {
    const looker = bundleLooker(directory, pollMs);
    let run: BundleRun | undefined;
    /** Why the next snapshot is one of a new beginning. */
    let restart: Restart | null = null;
    let unreadableSince: number | undefined;

    const begin = (look: BundleLook): BundleRun => {
      const { manifest } = look.bundle;
      const next = (snapshot: RunSnapshot<S>): void => {
        const whole = { ...snapshot, directory, manifest, restart };
        restart = null;
        subscriber.next(whole);
      };
      const error = (reason: unknown): void => subscriber.error(reason);
      return bundleRun(look, runOptions, { next, error });
    };
    const follow = (look: BundleLook): Pace => {
      run ??= begin(look);
      const outcome = run.step(look);
      if (outcome !== 'truncated' && outcome !== 'replaced') return outcome;
      run.close();
      run = undefined;
      restart = outcome;
      looker.forget();
      return 'turn';
    };
    /** What is only half written becomes readable soon. */
    const endure = (error: unknown): void => {
      unreadableSince ??= performance.now();
      const isHopeless = !isTraceError(error) || error.code === 'schema_unsupported';
      if (isHopeless || performance.now() - unreadableSince >= payloadWaitMs) throw error;
    };
    /** Milliseconds to the next look, if nothing is heard before. */
    const delayAt = (pace: Pace | undefined): number => {
      if (pace === 'turn' || pace === 'over') return 0;
      if (pace === 'payload') return Math.min(PAYLOAD_POLL_MS, pollMs);
      const quietFor = pace === 'log' && run ? run.quietFor() : 0;
      return Math.min(Math.max(pollMs, quietFor / PATIENCE), PATIENCE * pollMs);
    };
    const look = (): number => {
      try {
        const pace = looker.look(follow);
        unreadableSince = undefined;
        if (pace === 'over') subscriber.complete();
        return delayAt(pace);
      } catch (error) {
        endure(error);
        return pollMs;
      }
    };

    const close = lookout(directory, look, (error) => subscriber.error(error));
    return () => {
      close();
      run?.close();
    };
  }).pipe(untilAborted(signal));
};
