/** What the exit code of a command says. */
export const exitCodes = {
  clean: 0,
  /** Nothing could be read, or nothing was written. */
  failed: 1,
  usage: 2,
  /** The work is done, and the bundle has problems. */
  problems: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
