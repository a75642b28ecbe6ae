import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';

/** What shows snapshots to the user. */
export interface TailOutput {
  /** Gives a promise where it begins to print; it rejects where that fails. */
  take(snapshot: TailSnapshot): Promise<void> | undefined;
  /** The recording of the directory has ended: forgets what was needed for more of it. */
  release(directory: string): void;
  /** Shows what was taken and is not shown yet. */
  end(): Promise<void>;
}
