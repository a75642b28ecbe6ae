import { fileURLToPath } from 'node:url';
import { messageOf } from './message-of.js';

/** Milliseconds for which the event loop of an embedder had no turn, at the longest. */
export interface Blocks {
  readonly replay: number;
  readonly write: number;
}

const SCRIPT = fileURLToPath(new URL('./event-loop.mjs', import.meta.url));

/** The best of some runs: whatever else the machine does only adds to a block. */
export async function longestBlocks(bundle: string, output: string, runs: number): Promise<Blocks> {
  const best = { replay: Infinity, write: Infinity };
  for (let run = 0; run < runs; run += 1) {
    const { replay, write } = blocksIn(await messageOf(SCRIPT, [bundle, output]));
    best.replay = Math.min(best.replay, replay);
    best.write = Math.min(best.write, write);
  }
  return best;
}

function blocksIn(message: unknown): Blocks {
  if (typeof message === 'object' && message !== null && 'replay' in message && 'write' in message) {
    const { replay, write } = message;
    if (typeof replay === 'number' && typeof write === 'number') return { replay, write };
  }
  throw new Error(`unexpected message: ${JSON.stringify(message)}`);
}
