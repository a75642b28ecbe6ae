import { checkBundle } from '../node/check-bundle.js';
import { replayBundle } from '../node/replay-bundle.js';
import { checkText, exitCodeOf } from './check-text.js';
import { exitCodes } from './exit-codes.js';
import { describeFailure } from './failure.js';
import { explainNoBundle } from './no-bundle.js';
import { failedWith, type Outcome } from './outcome.js';
import { amountOf } from './problem-lines.js';
import { SLICE_MS } from './run.js';
import { saveState } from './state-output.js';

// A thread of the pool loads this, and works on one bundle at a time.

/** What is to be done with each bundle. */
export type BundleTask = { readonly type: 'reduce'; readonly strict: boolean } | { readonly type: 'check' };

export interface TaskMessage {
  readonly bundle: string;
  readonly task: BundleTask;
  /** Shared with the main thread, which sets it to 1 to end the work. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

export const workOn = async ({ bundle, task, stop }: TaskMessage): Promise<Outcome> => {
  const controller = new AbortController();
  const { signal } = controller;
  const look = (): void => {
    if (Atomics.load(stop, 0) === 1) controller.abort();
  };
  const looking = setInterval(look, SLICE_MS);
  try {
    look();
    signal.throwIfAborted();
    return await (task.type === 'reduce' ? reduceOne(bundle, task, signal) : checkOne(bundle, signal));
  } catch (error) {
    return failedWith(describeFailure(error));
  } finally {
    clearInterval(looking);
  }
};

const reduceOne = async (
  bundle: string,
  { strict }: { readonly strict: boolean },
  signal: AbortSignal,
): Promise<Outcome> => {
  const noBundle = explainNoBundle(bundle);
  if (noBundle) throw noBundle;
  const { trace, diagnostics } = await replayBundle(bundle, { strict, signal, sliceMs: SLICE_MS });
  const output = `${await saveState(trace, bundle, undefined, signal)}\n`;
  if (diagnostics.length === 0) return { exitCode: exitCodes.clean, output, note: '' };
  const note = `${amountOf(diagnostics)} (rollout-trace check tells more)\n`;
  return { exitCode: exitCodes.problems, output, note };
};

const checkOne = async (bundle: string, signal: AbortSignal): Promise<Outcome> => {
  const report = await checkBundle(bundle, { signal, sliceMs: SLICE_MS });
  const noBundle = report.counts === null ? explainNoBundle(bundle) : undefined;
  return {
    exitCode: exitCodeOf(report),
    output: checkText(bundle, report),
    note: noBundle ? describeFailure(noBundle) : '',
  };
};
