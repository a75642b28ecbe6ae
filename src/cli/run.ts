import type { ExitCode } from './exit-codes.js';
import { reportFailure } from './failure.js';

/** Milliseconds of work at a time: a command may block, but not an interrupt. */
export const SLICE_MS = 200;

/**
 * Runs a command to its exit code. An interrupt first reaches the command, which tidies up, and then the
 * process, so that the shell knows how it ended.
 */
export const run = async (command: (signal: AbortSignal) => Promise<ExitCode>): Promise<void> => {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const interrupt = (name: NodeJS.Signals): void => {
    received ??= name;
    controller.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  process.stdout.on('error', endWithReader);
  try {
    process.exitCode = await command(controller.signal);
  } catch (error) {
    if (received === undefined) process.exitCode = reportFailure(error);
    else process.kill(process.pid, received);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
};

/** Whoever read our output has seen enough, as `head` does. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
};
