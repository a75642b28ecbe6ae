import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import type { BundleTask, TaskMessage } from './bundle-worker.js';
import { describeFailure, Failure } from './failure.js';
import { failedWith, type Outcome } from './outcome.js';

export interface Workers {
  /** Never rejects. What waits or works when the signal is aborted soon fails. */
  run(bundle: string, task: BundleTask): Promise<Outcome>;
  end(): Promise<void>;
}

/** A thread for each core, or for each bundle where these are fewer. A thread has one bundle in memory. */
export const startWorkers = (bundles: number, signal: AbortSignal): Workers => {
  const threads = Math.min(bundles, availableParallelism());
  const pool = new Tinypool({
    filename: new URL('./bundle-worker.js', import.meta.url).href,
    name: 'workOn',
    minThreads: threads,
    maxThreads: threads,
  });
  // To abort a task of the pool would kill its thread, with a half-written file on disk.
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  signal.addEventListener('abort', () => Atomics.store(stop, 0, 1), { once: true });
  return {
    run: async (bundle, task) => {
      const message: TaskMessage = { bundle, task, stop };
      try {
        return await pool.run(message);
      } catch (error) {
        return failedWith(describeFailure(isOutOfMemory(error) ? needsMemory : error));
      }
    },
    end: () => pool.destroy(),
  };
};

/** A thread ended alone; the pool has started another. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const needsMemory = new Failure(
  'it does not fit into memory',
  'Reduce it again with more, in MB: NODE_OPTIONS=--max-old-space-size=8000',
);
