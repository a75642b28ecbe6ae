import { NEVER, Observable, takeUntil, type MonoTypeOperatorFunction } from 'rxjs';

/** Errors with the reason of the signal when it is aborted. */
export const untilAborted = <T>(signal: AbortSignal | undefined): MonoTypeOperatorFunction<T> =>
  takeUntil(signal ? abortion(signal) : NEVER);

const abortion = (signal: AbortSignal): Observable<never> =>
  new Observable((subscriber) => {
    const abort = (): void => subscriber.error(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
