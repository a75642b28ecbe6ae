import { setTimeout as after } from 'node:timers/promises';
import { printTrace } from '../../src/index.js';
import { tailRoot, type TailSnapshot } from '../../src/node/index.js';
import { eventTypesIn } from './log.js';

/** Follows every bundle of a trace root from before it begins. */
export interface Follower {
  /**
   * The last snapshot of a bundle that nobody writes to any more, printed, once it shows all events; undefined
   * where that does not happen.
   */
  lastState(bundle: string): Promise<string | undefined>;
  /** Bundles of which there is a snapshot. */
  seen(): ReadonlySet<string>;
  close(): void;
}

/** Throws from `lastState` what the stream failed with. */
export const follow = (root: string): Follower => {
  const last = new Map<string, TailSnapshot>();
  let failure: { readonly reason: unknown } | undefined;
  const subscription = tailRoot(root, { all: true, pollMs: 50 }).subscribe({
    next: (snapshot) => {
      last.set(snapshot.directory, snapshot);
    },
    error: (reason: unknown) => {
      failure = { reason };
    },
  });
  return {
    async lastState(bundle) {
      const events = eventTypesIn(bundle).length;
      const start = performance.now();
      while (last.get(bundle)?.events !== events && performance.now() - start < PATIENCE_MS && !failure) {
        await after(LOOK_MS);
      }
      if (failure) throw failure.reason;
      const snapshot = last.get(bundle);
      return snapshot?.events === events ? [...printTrace(snapshot.trace)].join('') : undefined;
    },
    seen: () => new Set(last.keys()),
    close: () => subscription.unsubscribe(),
  };
};

const PATIENCE_MS = 60_000;
const LOOK_MS = 20;
