import type { BundleTask } from './bundle-worker.js';
import type { ExitCode } from './exit-codes.js';
import { logSize } from './log-size.js';
import { summaryOf, worstOf, type Outcome } from './outcome.js';
import { progressBar, type Share } from './progress.js';
import { startWorkers } from './workers.js';

interface BundlesDone extends Share {
  readonly done: number;
  readonly total: number;
}

/**
 * Does the same with each of many bundles, on all cores. What came of them is printed in their order, and
 * summed up at the end; a bundle that fails leaves the others alone. Loaded only where there are many.
 */
export const eachBundle = async (
  bundles: readonly string[],
  task: BundleTask,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const words = ({ done, total }: BundlesDone): string => `${done} of ${total} bundles`;
  const progress = progressBar(process.stderr, process.env, words);
  const workers = startWorkers(bundles.length, signal);
  let [done, bytes] = [0, 0];
  const jobs = bundles.map((bundle) => {
    const size = logSize(bundle);
    let outcome: Promise<Outcome> | undefined;
    const run = async (): Promise<Outcome> => {
      const result = await workers.run(bundle, task);
      done += 1;
      bytes += size;
      // What an interrupt ended is not done.
      if (!signal.aborted) progress.show({ done, total: jobs.length, bytes, totalBytes });
      return result;
    };
    return { bundle, size, outcome: () => (outcome ??= run()) };
  });
  const totalBytes = jobs.reduce((sum, { size }) => sum + size, 0);

  const outcomes: (readonly [bundle: string, outcome: Outcome])[] = [];
  try {
    // The largest first: small ones fill the gaps at the end.
    for (const job of jobs.toSorted((a, b) => b.size - a.size)) void job.outcome();
    for (const { bundle, outcome } of jobs) {
      const result = await outcome();
      signal.throwIfAborted();
      outcomes.push([bundle, result]);
      progress.clear();
      process.stdout.write(result.output);
    }
  } finally {
    // After an interrupt, each worker takes its unfinished file away first.
    await Promise.all(jobs.map(({ outcome }) => outcome()));
    progress.clear();
    await workers.end();
  }
  process.stderr.write(summaryOf(outcomes));
  return worstOf(outcomes);
};
