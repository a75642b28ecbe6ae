import { checkBundle } from '../node/check-bundle.js';
import { checkText, exitCodeOf, reportJson } from './check-text.js';
import type { ExitCode } from './exit-codes.js';
import { reportFailure } from './failure.js';
import { bundlesAt, explainNoBundle } from './no-bundle.js';
import { onlyForOne } from './only-for-one.js';
import { plainJson } from './plain-text.js';
import { eventsRead, progressBar } from './progress.js';
import { SLICE_MS } from './run.js';

export interface CheckOptions {
  readonly json?: true;
}

/** `rollout-trace check`: says what is wrong with bundles. */
export const check = async (
  given: readonly string[],
  options: CheckOptions,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const bundles = bundlesAt(given);
  const [bundle, ...others] = bundles;
  if (bundle !== undefined && others.length === 0) return checkOne(bundle, options, signal);
  onlyForOne(bundles, { '--json': options.json });
  const { eachBundle } = await import('./each-bundle.js');
  return eachBundle(bundles, { type: 'check' }, signal);
};

const checkOne = async (bundle: string, options: CheckOptions, signal: AbortSignal): Promise<ExitCode> => {
  const progress = progressBar(process.stderr, process.env, eventsRead);
  const work = checkBundle(bundle, { signal, onProgress: progress.show, sliceMs: SLICE_MS });
  const report = await work.finally(progress.clear);
  if (!options.json) process.stdout.write(checkText(bundle, report));
  else process.stdout.write(process.stdout.isTTY ? plainJson(reportJson(report)) : reportJson(report));
  const noBundle = report.counts === null ? explainNoBundle(bundle) : undefined;
  return noBundle ? reportFailure(noBundle) : exitCodeOf(report);
};
