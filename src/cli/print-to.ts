import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes text piece by piece, as fast as its reader takes it. */
export const printTo = async (
  output: Writable,
  chunks: Iterable<string>,
  signal: AbortSignal,
): Promise<void> => {
  for (const chunk of chunks) {
    signal.throwIfAborted();
    if (!output.write(chunk)) await once(output, 'drain', { signal });
  }
};
