/** Bundles on disk. Everything that does not need Node.js is in the package's main entry. */
export { replayBundle, type ReplayBundleOptions } from './replay-bundle.js';
export type { Progress } from './read-log.js';
export { readEvents } from './read-event-stream.js';
export { writeState, WriteStateError, type WriteStateOptions } from './write-state.js';
export { checkBundle, type CheckBundleOptions, type CheckCounts, type CheckReport } from './check-bundle.js';
export type { Finding, FindingCode, Severity } from './check-findings.js';
export { tailBundle, type TailOptions } from './tail/tail-bundle.js';
export { tailRoot, type TailRootOptions } from './tail/tail-root.js';
export type { TailSnapshot } from './tail/tail-snapshot.js';
export type { FrameHeader as RecordingFrameHeader } from './view/frames.js';
