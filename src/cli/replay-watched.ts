import { replayBundle, type ReplayBundleOptions } from '../node/replay-bundle.js';
import type { Reduction } from '../streams/assemble.js';
import { tuneEngine } from './engine.js';
import { logSize } from './log-size.js';
import { eventsRead, progressBar } from './progress.js';
import { SLICE_MS } from './run.js';

/** Reduces a bundle, with a bar for somebody who waits. */
export const replayWatched = async (
  bundle: string,
  options: Pick<ReplayBundleOptions, 'strict' | 'signal'>,
): Promise<Reduction> => {
  tuneEngine(logSize(bundle));
  const progress = progressBar(process.stderr, process.env, eventsRead);
  const work = replayBundle(bundle, { ...options, onProgress: progress.show, sliceMs: SLICE_MS });
  return work.finally(progress.clear);
};
