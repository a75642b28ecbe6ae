import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { isSystemError } from '../../src/node/system-error.js';
import { exitCodes } from '../../src/cli/exit-codes.js';
import type { OwnAnswer } from '../../test/fuzz/difference.js';

const execute = promisify(execFile);
const COMMAND = path.join(import.meta.dirname, '..', '..', 'dist', 'bin', 'main.js');

/** Reduces a bundle as a user does, by `rollout-trace reduce --strict`. Rejects where the command breaks. */
export const askOurCommand = async (bundle: string): Promise<OwnAnswer> => {
  const output = path.join(bundle, 'state.json');
  try {
    await execute(process.execPath, [COMMAND, 'reduce', bundle, '--strict', '--output', output]);
    return { text: readFileSync(output, 'utf8') };
  } catch (error) {
    const stderr = refusalIn(error);
    if (stderr === undefined) throw error;
    const [message = ''] = stderr.split('\n');
    const [, code = 'unknown'] = /\[(\w+)\]/.exec(message) ?? [];
    return { code, message };
  }
};

/** What the command said, where it ended as one that could not reduce. */
const refusalIn = (error: unknown): string | undefined => {
  const ended = error instanceof Error && 'code' in error && error.code === exitCodes.failed;
  return ended && 'stderr' in error && !isSystemError(error) ? String(error.stderr) : undefined;
};
