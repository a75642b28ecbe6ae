/** An error of the operating system, about a file for example. */
export interface SystemError extends Error {
  readonly syscall: string;
}

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string';

/** `EACCES: permission denied`: what the system said, without the call and its paths. */
export const systemReason = (error: SystemError): string =>
  error.message.split(`, ${error.syscall}`, 1)[0] ?? error.message;

/** Why something failed, in the words of whoever knows. */
export const failureReason = (error: unknown): string =>
  isSystemError(error) ? systemReason(error) : error instanceof Error ? error.message : String(error);
