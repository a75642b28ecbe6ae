import type { Problem } from '../errors/trace-error.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { problemLines, type InSpite } from './problem-lines.js';

/** Tells on stderr what is wrong with a bundle, and gives the exit code of work that was done in spite of it. */
export const tellProblems = (problems: readonly Problem[], inSpite: InSpite): ExitCode => {
  for (const line of problemLines(problems, inSpite)) process.stderr.write(`${line}\n`);
  return problems.length === 0 ? exitCodes.clean : exitCodes.problems;
};
