import type { Manifest } from '../../model/manifest.js';
import type { TraceSnapshot } from '../../streams/snapshots.js';
import type { Restart } from './restart.js';

/** A bundle as it stands while somebody may still write to it. */
export interface TailSnapshot extends TraceSnapshot {
  /** The folder of the bundle. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** Events of the log so far. */
  readonly events: number;
  /** Why everything began anew with this snapshot: what was followed is gone, and nothing before counts. */
  readonly restart: Restart | null;
}
