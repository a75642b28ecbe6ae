import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../model/manifest.js';

/** Why what was read so far counts no longer. */
export type Restart = 'truncated' | 'replaced';

/** How far a log was read, and how to know it again. */
export interface Followed {
  readonly manifest: Manifest;
  /** Tells the file of the log from others under its name. */
  readonly identity: string;
  /** Bytes that were read. */
  readonly offset: number;
  /** The last bytes that were read. */
  readonly seal: Buffer;
}

/** The same as it is found later. */
export interface Found {
  readonly manifest: Manifest;
  readonly identity: string;
  readonly size: number;
  /** The bytes that stand where the seal was read. */
  readonly seal: Buffer;
}

/** Bytes that are compared: enough to hold ids and numbers of an event. */
export const SEAL_BYTES = 128;

/**
 * Decides whether a bundle is still the one that was followed. Its seal finds a log that was cut and written
 * again, beyond the old length, between two looks; and one in whose place another got the same inode.
 */
export const restartOf = (followed: Followed, found: Found): Restart | null => {
  if (found.identity !== followed.identity) return 'replaced';
  if (!isDeepStrictEqual(found.manifest, followed.manifest)) return 'replaced';
  if (found.size < followed.offset) return 'truncated';
  return found.seal.equals(followed.seal) ? null : 'replaced';
};
