/** Bundles on disk. Everything that does not need Node.js is in the package's main entry. */
export { replayBundle, type ReplayBundleOptions } from './replay-bundle.js';
export type { Progress } from './read-log.js';
