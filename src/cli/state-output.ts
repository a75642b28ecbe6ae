import { createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { RolloutTrace } from '../model/rollout-trace.js';
import { writeState, WriteStateError } from '../node/write-state.js';
import { printTrace } from '../trace/print.js';
import { Failure } from './failure.js';
import { plainJson } from './plain-text.js';
import { printTo } from './print-to.js';

/** Prints the state: as it is for a program, and harmless for a terminal. */
export const printState = (trace: RolloutTrace, signal: AbortSignal): Promise<void> =>
  printTo(process.stdout, process.stdout.isTTY ? plainChunks(trace) : printTrace(trace), signal);

function* plainChunks(trace: RolloutTrace): Generator<string, void, undefined> {
  for (const chunk of printTrace(trace)) yield plainJson(chunk);
  yield '\n';
}

/** Writes the state to `output`, or into the bundle, and answers with the path of the file. */
export const saveState = async (
  trace: RolloutTrace,
  bundle: string,
  output: string | undefined,
  signal: AbortSignal,
): Promise<string> => {
  const file = output ?? stateFileOf(bundle);
  try {
    if (output !== undefined && isDevice(output)) await writeInPlace(trace, output, signal);
    else await writeState(trace, file, { signal });
    return file;
  } catch (error) {
    if (!(error instanceof WriteStateError)) throw error;
    const hint = output === undefined ? '-o FILE writes to another place, --stdout prints the state.' : null;
    throw new Failure(error.message, hint, { cause: error });
  }
};

/** Begins as the bundle was spelled, so that a script finds its own path in the answer. */
const stateFileOf = (bundle: string): string => {
  const isClosed = bundle.endsWith('/') || bundle.endsWith(path.sep);
  return `${bundle}${isClosed ? '' : path.sep}state.json`;
};

/** What can only be written in place: `/dev/null`, a pipe of the shell. */
const isDevice = (file: string): boolean => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

const writeInPlace = async (trace: RolloutTrace, file: string, signal: AbortSignal): Promise<void> => {
  const output = createWriteStream(file);
  await printTo(output, printTrace(trace), signal);
  output.end();
  await finished(output, { signal });
};
