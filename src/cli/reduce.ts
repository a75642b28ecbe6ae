import { isTraceError, type Problem } from '../errors/trace-error.js';
import { isSystemError, systemReason } from '../node/system-error.js';
import type { Reduction } from '../streams/assemble.js';
import type { ExitCode } from './exit-codes.js';
import { Failure } from './failure.js';
import { bundlesAt, explainNoBundle } from './no-bundle.js';
import { onlyForOne } from './only-for-one.js';
import { replayWatched } from './replay-watched.js';
import { printState, saveState } from './state-output.js';
import { tellProblems } from './tell-problems.js';

export interface ReduceOptions {
  readonly output?: string;
  readonly stdout?: true;
  readonly strict?: true;
  readonly diagnostics?: string;
}

/** `rollout-trace reduce`: writes the graphs of bundles. */
export const reduce = async (
  given: readonly string[],
  options: ReduceOptions,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const bundles = bundlesAt(given);
  const [bundle, ...others] = bundles;
  if (bundle !== undefined && others.length === 0) return reduceOne(bundle, options, signal);
  const { output, stdout, strict, diagnostics } = options;
  onlyForOne(bundles, { '--output': output, '--stdout': stdout, '--diagnostics': diagnostics });
  const { eachBundle } = await import('./each-bundle.js');
  return eachBundle(bundles, { type: 'reduce', strict: strict === true }, signal);
};

const reduceOne = async (bundle: string, options: ReduceOptions, signal: AbortSignal): Promise<ExitCode> => {
  const noBundle = explainNoBundle(bundle);
  if (noBundle) throw noBundle;
  const { trace, diagnostics } = await replay(bundle, options, signal);
  await record(options.diagnostics, diagnostics);
  const exitCode = tellProblems(diagnostics, reducedInSpite);
  if (options.stdout) await printState(trace, signal);
  else process.stdout.write(`${await saveState(trace, bundle, options.output, signal)}\n`);
  return exitCode;
};

const reducedInSpite = {
  more: '--diagnostics FILE writes all',
  end: 'reduced in spite of',
  hint: '--strict would have failed',
};

const replay = async (
  bundle: string,
  { strict, diagnostics }: ReduceOptions,
  signal: AbortSignal,
): Promise<Reduction> => {
  try {
    return await replayWatched(bundle, { strict: strict === true, signal });
  } catch (error) {
    if (isTraceError(error)) await record(diagnostics, [error.problem]);
    throw error;
  }
};

/** Keeps problems for a program to read, also the one that ended the work. */
const record = async (file: string | undefined, problems: readonly Problem[]): Promise<void> => {
  if (file === undefined) return;
  const { writeDiagnostics } = await import('./diagnostics-file.js');
  try {
    await writeDiagnostics(file, problems);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(`cannot write ${file}: ${systemReason(error)}`, null, { cause: error });
  }
};
