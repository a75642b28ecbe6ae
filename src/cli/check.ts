import { checkBundle } from '../node/check-bundle.js';
import { checkText, reportJson } from './check-text.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { reportFailure } from './failure.js';
import { explainNoBundle } from './no-bundle.js';
import { plainJson } from './plain-text.js';
import { progressBar } from './progress.js';
import { SLICE_MS } from './run.js';

export interface CheckOptions {
  readonly json?: true;
}

/** `rollout-trace check`: says what is wrong with a bundle. */
export const check = async (
  bundle: string,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const progress = progressBar(process.stderr, process.env);
  const work = checkBundle(bundle, { signal, onProgress: progress.show, sliceMs: SLICE_MS });
  const report = await work.finally(progress.clear);
  if (!options.json) process.stdout.write(checkText(bundle, report));
  else process.stdout.write(process.stdout.isTTY ? plainJson(reportJson(report)) : reportJson(report));
  if (report.counts === null) {
    const noBundle = explainNoBundle(bundle);
    return noBundle ? reportFailure(noBundle) : exitCodes.failed;
  }
  return report.findings.some(({ severity }) => severity !== 'info') ? exitCodes.problems : exitCodes.clean;
};
