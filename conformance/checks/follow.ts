import { setImmediate, setTimeout as after } from 'node:timers/promises';
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
  /** Bundles of which there is a snapshot, after whatever was heard of them until now was looked at. */
  seen(): Promise<ReadonlySet<string>>;
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
    async seen() {
      for (let turn = 0; turn < TURNS_OF_A_LOOK; turn += 1) await setImmediate();
      return new Set(last.keys());
    },
    close: () => subscription.unsubscribe(),
  };
};

const PATIENCE_MS = 120_000;
const LOOK_MS = 20;
/** Turns of the event loop from what the file system says to a snapshot: of the root, of the bundle, of its log. */
const TURNS_OF_A_LOOK = 5;
