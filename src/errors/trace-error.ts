import type { WireInteger } from '../model/integers.js';
import { problemHints, type ProblemCode } from './codes.js';

/** One thing that is wrong with a recording: what, where, and what to do. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  /** File of the bundle, relative to it. */
  readonly file: string;
  /** 1-based line of `file`, where that is known. */
  readonly line: number | null;
  readonly seq: WireInteger | null;
  /** Id of the object, payload or event that is concerned. */
  readonly entity: string | null;
}

export const describeProblem = (
  code: ProblemCode,
  message: string,
  where: { file: string; line?: number | null; seq?: WireInteger | null; entity?: string | null },
): Problem => ({
  code,
  message,
  hint: problemHints[code],
  file: where.file,
  line: where.line ?? null,
  seq: where.seq ?? null,
  entity: where.entity ?? null,
});

/** `trace.jsonl:12 (seq 11): message [code]`: one line, without the hint. */
export const formatProblem = (problem: Problem): string => {
  const line = problem.line === null ? '' : `:${problem.line}`;
  const seq = problem.seq === null ? '' : ` (seq ${problem.seq})`;
  return `${problem.file}${line}${seq}: ${problem.message} [${problem.code}]`;
};

/**
 * A problem that ended the work. Recognise it with {@link isTraceError}, which also knows errors of
 * another copy of this package.
 */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  readonly code: ProblemCode;
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${formatProblem(problem)}\n${problem.hint}`, options);
    this.code = problem.code;
    this.problem = problem;
  }
}

/** Whether `error` is a TraceError, of the given code if one is given. */
export const isTraceError = (error: unknown, code?: ProblemCode): error is TraceError =>
  error instanceof Error &&
  error.name === 'TraceError' &&
  'code' in error &&
  (code === undefined || error.code === code);
