import { exitCodes, type ExitCode } from './exit-codes.js';
import { plainText } from './plain-text.js';

/** What came of one bundle of many. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** For stdout, whole lines. */
  readonly output: string;
  /** What the summary says of the bundle, whole lines; empty where there is nothing to say. */
  readonly note: string;
}

export const failedWith = (note: string): Outcome => ({ exitCode: exitCodes.failed, output: '', note });

type Outcomes = readonly (readonly [bundle: string, outcome: Outcome])[];

/** What there is to say of single bundles, and how many came to which end. */
export const summaryOf = (outcomes: Outcomes): string => {
  const notes = outcomes.flatMap(([bundle, { note }]) =>
    note === '' ? [] : [`${plainText(bundle)}: ${note}`],
  );
  const counts = [...ends].flatMap(([code, words]) => {
    const { length } = outcomes.filter(([, { exitCode }]) => exitCode === code);
    return length > 0 ? [`${length} ${words}`] : [];
  });
  return `${notes.join('')}${outcomes.length} bundles: ${counts.join(', ')}\n`;
};

/** The exit code for all: that of the bundle that came off worst. */
export const worstOf = (outcomes: Outcomes): ExitCode =>
  [...ends.keys()].findLast((code) => outcomes.some(([, { exitCode }]) => exitCode === code)) ??
  exitCodes.clean;

/** From the best to the worst. */
const ends: ReadonlyMap<ExitCode, string> = new Map([
  [exitCodes.clean, 'with nothing wrong'],
  [exitCodes.problems, 'with problems'],
  [exitCodes.failed, 'failed'],
]);
