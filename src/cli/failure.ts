import { formatProblem, isTraceError } from '../errors/trace-error.js';
import { isSystemError } from '../node/system-error.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { plainText } from './plain-text.js';

/** Ends a command with words for its user: no stack. */
export class Failure extends Error {
  /** What to do about it, in one line or several. */
  readonly hint: string | null;
  readonly exitCode: ExitCode = exitCodes.failed;

  constructor(message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** What was asked for makes no sense. */
export class WrongUsage extends Failure {
  override readonly exitCode = exitCodes.usage;

  constructor(message: string) {
    super(message, SEE_HELP);
  }
}

export const SEE_HELP = '(rollout-trace --help explains the commands)';

/** What the user reads about an error that ended a command. */
export const describeFailure = (error: unknown): string => {
  if (isTraceError(error)) return inWords(formatProblem(error.problem), error.problem.hint);
  if (error instanceof Failure) return inWords(error.message, error.hint);
  if (isSystemError(error)) return inWords(error.message, null);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = stack.split('\n').map(plainText);
  return `internal error: this is a bug of rollout-trace. Please report it, with these lines:\n${lines.join('\n')}\n`;
};

export const reportFailure = (error: unknown): ExitCode => {
  process.stderr.write(describeFailure(error));
  return error instanceof Failure ? error.exitCode : exitCodes.failed;
};

const inWords = (message: string, hint: string | null): string =>
  [
    `error: ${plainText(message)}`,
    ...(hint?.split('\n') ?? []).map((line) => `  ${plainText(line)}`),
    '',
  ].join('\n');
