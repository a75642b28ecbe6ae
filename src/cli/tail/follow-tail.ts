import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import type { TailOutput } from './tail-output.js';

/** Where snapshots come from: the part of an observable that is needed. */
export interface SnapshotSource {
  /** Gives nothing before it has returned. */
  subscribe(observer: {
    next(snapshot: TailSnapshot): void;
    error(error: unknown): void;
    complete(): void;
  }): { unsubscribe(): void };
}

/**
 * Hands on the snapshots of the source that has one first, up to its end or to the signal. The other sources
 * are left then, and all of them at the end.
 */
export const follow = async (
  sources: readonly SnapshotSource[],
  take: TailOutput['take'],
  signal: AbortSignal,
): Promise<void> => {
  const subscriptions = new Map<SnapshotSource, { unsubscribe(): void }>();
  const leave = (isLeft: (source: SnapshotSource) => boolean): void => {
    for (const [source, subscription] of subscriptions) {
      if (!isLeft(source)) continue;
      subscription.unsubscribe();
      subscriptions.delete(source);
    }
  };
  const end = new Promise<void>((resolve, reject) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    for (const source of sources) {
      const next = (snapshot: TailSnapshot): void => {
        leave((other) => other !== source);
        try {
          take(snapshot)?.catch(reject);
        } catch (error) {
          reject(error);
        }
      };
      subscriptions.set(source, source.subscribe({ next, error: reject, complete: resolve }));
    }
  });
  await end.finally(() => leave(() => true));
};
