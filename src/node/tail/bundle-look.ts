import { closeSync, readSync } from 'node:fs';
import { openBundle, type OpenBundle } from '../open-bundle.js';
import { logFile, regularFile } from '../read-log.js';
import { isSystemError } from '../system-error.js';

/** A bundle as it lies there at one moment. */
export interface BundleLook {
  readonly bundle: OpenBundle;
  readonly log: OpenLog;
}

/** A log that is open for reading. */
export interface OpenLog {
  /** Device and inode. */
  readonly identity: string;
  readonly size: number;
  /** Unix milliseconds. */
  readonly modifiedAt: number;
  /** The bytes at a place, at most `length`, in memory that is used again. */
  read(offset: number, length: number): Buffer;
}

/** Looks at a bundle again and again. */
export interface BundleLooker {
  /**
   * Shows the bundle with its log open, or gives undefined where the manifest or the log is not there. Throws
   * as `replayBundle` rejects where something is there and cannot be read.
   */
  look<Result>(use: (look: BundleLook) => Result): Result | undefined;
  /** The next look knows nothing of the ones before. */
  forget(): void;
}

/** The log is opened for each look, so another one is noticed; folder and manifest every `renewMs`. */
export const bundleLooker = (directory: string, renewMs: number): BundleLooker => {
  let opened: { readonly bundle: OpenBundle; readonly at: number } | undefined;

  const open = () =>
    unlessMissing(() => {
      const now = performance.now();
      if (!opened || now - opened.at >= renewMs) {
        opened = undefined;
        opened = { bundle: openBundle(directory), at: now };
      }
      const { bundle } = opened;
      return { bundle, descriptor: bundle.files.open(logFile) };
    });
  return {
    look(use) {
      const found = open();
      if (!found) {
        opened = undefined;
        return undefined;
      }
      const log = describeLog(found.descriptor);
      try {
        return use({ bundle: found.bundle, log });
      } finally {
        closeSync(found.descriptor);
      }
    },
    forget() {
      opened = undefined;
    },
  };
};

/** Closes the descriptor where it throws. */
const describeLog = (descriptor: number): OpenLog => {
  const { size, mtimeMs: modifiedAt, dev, ino } = regularFile(descriptor);
  const read = (offset: number, length: number): Buffer => {
    if (length > block.length) block = Buffer.allocUnsafeSlow(length);
    return block.subarray(0, length === 0 ? 0 : readSync(descriptor, block, 0, length, offset));
  };
  return { identity: `${dev} ${ino}`, size, modifiedAt, read };
};

/** One buffer for all logs: whoever needs the bytes for longer keeps a copy. */
let block = Buffer.allocUnsafeSlow(1 << 16);

const unlessMissing = <T>(attempt: () => T): T | undefined => {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause)) return undefined;
    throw error;
  }
};

const isMissing = (cause: unknown): boolean =>
  isSystemError(cause) && 'code' in cause && cause.code === 'ENOENT';
