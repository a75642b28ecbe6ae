/** Sessions of `rollout-trace/testing` as bundles on disk. */
export { writeBundle } from './write-bundle.js';
