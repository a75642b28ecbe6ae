import type { Writable } from 'node:stream';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import { printTo } from '../print-to.js';
import { coalesce } from './coalesce-snapshots.js';
import type { TailOutput } from './tail-output.js';

export interface PrintedOutputOptions {
  /** The text of what changed since the snapshot of the same directory that was printed last. */
  readonly print: (before: TailSnapshot | undefined, snapshot: TailSnapshot) => Iterable<string>;
  /** Whether more than the latest directory is followed. */
  readonly all: boolean;
  /** Gives up on a reader who does not read. */
  readonly signal: AbortSignal;
}

/**
 * Prints what changes, as fast as it is read: while the reader is busy, snapshots become one, so that what waits
 * does not grow.
 */
export const printedOutput = (output: Writable, { print, all, signal }: PrintedOutputOptions): TailOutput => {
  const printed = new Map<string, TailSnapshot>();
  const waiting = new Map<string, TailSnapshot>();
  /** Directories whose last snapshot still waits. */
  const ending = new Set<string>();
  let printing: Promise<void> | undefined;
  const printWaiting = async (): Promise<void> => {
    for (const [directory, snapshot] of waiting) {
      waiting.delete(directory);
      const before = printed.get(directory);
      if (!all) printed.clear();
      if (ending.delete(directory)) printed.delete(directory);
      else printed.set(directory, snapshot);
      await printTo(output, print(before, snapshot), signal);
    }
  };
  return {
    take(snapshot) {
      const { directory } = snapshot;
      const earlier = waiting.get(directory);
      waiting.set(directory, earlier ? coalesce(earlier, snapshot) : snapshot);
      if (printing) return undefined;
      printing = printWaiting().finally(() => (printing = undefined));
      return printing;
    },
    release(directory) {
      if (waiting.has(directory)) ending.add(directory);
      else printed.delete(directory);
    },
    async end() {
      await printing?.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
  };
};
