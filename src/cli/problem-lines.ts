import { formatProblem, type Problem } from '../errors/trace-error.js';
import { plainText } from './plain-text.js';

/** Problems that are shown; who wants to see more asks for a file. */
const SHOWN = 20;

/** What a command says of problems that did not keep it from its work. */
export interface InSpite {
  /** Where all are listed. */
  readonly more: string;
  /** What was done all the same: `reduced in spite of`. */
  readonly end: string;
  readonly hint?: string;
}

/** The problems of a reduction for a terminal: one line each, and under the first of each code its hint. */
export const problemLines = (problems: readonly Problem[], { more, end, hint }: InSpite): string[] => {
  if (problems.length === 0) return [];
  const explained = new Set<string>();
  const lines = problems.slice(0, SHOWN).flatMap((problem) => {
    const line = plainText(formatProblem(problem));
    if (explained.has(problem.code)) return [line];
    explained.add(problem.code);
    return [line, `  ${problem.hint}`];
  });
  const rest = problems.length - SHOWN;
  if (rest > 0) lines.push(`... and ${rest} more (${more})`);
  return [...lines, `${end} ${amountOf(problems)}${hint === undefined ? '' : ` (${hint})`}`];
};

export const amountOf = ({ length }: readonly Problem[]): string =>
  length === 1 ? '1 problem' : `${length} problems`;
