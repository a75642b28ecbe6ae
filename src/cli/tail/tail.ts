import { formatProblem } from '../../errors/trace-error.js';
import { tailBundle, tailRoot, type TailRootOptions } from '../../node/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { explainNoBundleToCome, kindOf } from '../no-bundle.js';
import { plainJson, plainText } from '../plain-text.js';
import { isWatched } from '../progress.js';
import { changeJson } from './change-json.js';
import { follow, type SnapshotSource } from './follow-tail.js';
import { liveView } from './live-view.js';
import { printedLines } from './printed-lines.js';
import { printedOutput, type PrintedOutputOptions } from './printed-output.js';

export interface TailCommandOptions {
  readonly all?: true;
  readonly json?: true;
  /** Seconds. */
  readonly idle?: number;
}

/** Milliseconds without anything to print, after which somebody may wonder. */
const PATIENCE = 500;

/** `rollout-trace tail`: shows a session while it runs. An interrupt is its usual end, and no failure. */
export const tail = async (
  given: string,
  options: TailCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const impossible = explainNoBundleToCome(given);
  if (impossible) throw impossible;
  const all = options.all === true;
  const isLive = options.json !== true && isWatched(process.stdout, process.env);
  const output = isLive
    ? liveView(process.stdout, { given, all })
    : printedOutput(process.stdout, { print: printerFor(options), all, signal });

  /** Of each session, whether something is wrong with it. */
  const faults = new Map<string, boolean>();
  const refusals: string[] = [];
  const onRefused: TailRootOptions['onRefused'] = (directory, error) => {
    faults.set(directory, true);
    refusals.push(`not followed: ${plainText(`${directory}: ${formatProblem(error.problem)}`)}\n`);
  };
  const say = (): unknown => process.stderr.write(`waiting for a bundle: ${plainText(given)}\n`);
  const waiting = isLive ? undefined : setTimeout(say, PATIENCE);
  try {
    await follow(
      sourcesOf(given, {
        idleMs: (options.idle ?? Infinity) * 1000,
        ...(all ? { all, onEnded: output.release, onRefused } : {}),
      }),
      (snapshot) => {
        clearTimeout(waiting);
        faults.set(snapshot.directory, snapshot.diagnostics.length > 0);
        return output.take(snapshot);
      },
      signal,
    );
  } finally {
    clearTimeout(waiting);
    await output.end();
    for (const refusal of refusals) process.stderr.write(refusal);
  }
  return [...faults.values()].includes(true) ? exitCodes.problems : exitCodes.clean;
};

const printerFor = ({ json, all }: TailCommandOptions): PrintedOutputOptions['print'] => {
  if (json !== true) return printedLines(all === true);
  if (!process.stdout.isTTY) return changeJson;
  return function* (before, snapshot) {
    for (const chunk of changeJson(before, snapshot)) yield plainJson(chunk);
  };
};

/**
 * What is not there yet, or empty, may become a bundle or a root: the first to have a snapshot decides, unless all
 * bundles are asked for.
 */
const sourcesOf = (given: string, options: TailRootOptions): readonly SnapshotSource[] => {
  const found = kindOf(given);
  const kind = options.all && found === 'unknown' ? 'root' : found;
  return [
    ...(kind === 'root' ? [] : [tailBundle(given, options)]),
    ...(kind === 'bundle' ? [] : [tailRoot(given, options)]),
  ];
};
