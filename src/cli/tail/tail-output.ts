import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';

/** What shows snapshots to the user. */
export interface TailOutput {
  /** Gives a promise where it begins to print; it rejects where that fails. */
  take(snapshot: TailSnapshot): Promise<void> | undefined;
  /** Shows what was taken and is not shown yet. */
  end(): Promise<void>;
}
