import { randomUUID } from 'node:crypto';
import { closeSync, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RolloutTrace } from '../model/rollout-trace.js';
import { printTrace } from '../trace/print.js';
import { isSystemError, systemReason } from './system-error.js';

export interface WriteStateOptions {
  /** Ends the work; the promise rejects with its reason, and the file is as it was. */
  readonly signal?: AbortSignal;
}

/** The state could not be written, and the file is as it was. `cause` is the error of the system, if any. */
export class WriteStateError extends Error {
  override readonly name = 'WriteStateError';
}

/** Milliseconds of work before the event loop gets its turn. */
const SLICE_MS = 10;

/**
 * Writes a trace as `printTrace` prints it. The file appears or changes in one moment, when it is complete.
 * A link in its place is replaced, not followed; anything else that is no regular file is refused.
 * Rejects with a WriteStateError.
 */
export const writeState = async (
  trace: RolloutTrace,
  file: string,
  { signal }: WriteStateOptions = {},
): Promise<void> => {
  const temporary = path.join(path.dirname(file), `.rollout-trace-${randomUUID()}.tmp`);
  try {
    refuseOther(file);
    await writeNew(temporary, printTrace(trace), signal);
    // Not at once: to take a long file out of the way may block for longer than a slice.
    await rename(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!isSystemError(error)) throw error;
    throw new WriteStateError(`cannot write ${file}: ${systemReason(error)}`, { cause: error });
  }
};

/** A rename would put the file in the place of a device or a pipe. */
const refuseOther = (file: string): void => {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found || found.isFile() || found.isSymbolicLink()) return;
  const what = found.isDirectory() ? 'a folder' : 'not a regular file';
  throw new WriteStateError(`cannot write ${file}: it is ${what}`);
};

const writeNew = async (
  file: string,
  chunks: Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const descriptor = openSync(file, 'wx');
  try {
    let started = performance.now();
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      // On a descriptor this goes on where the last chunk ended, and writes all of it.
      writeFileSync(descriptor, chunk);
      if (performance.now() - started < SLICE_MS) continue;
      await nextTurn();
      started = performance.now();
    }
  } finally {
    closeSync(descriptor);
  }
};
