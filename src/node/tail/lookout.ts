import { watchFolder } from './watch-folder.js';

/**
 * Calls `look` soon, again when something happens in the folder, and after the milliseconds that it returned
 * in any case: 0 gives the event loop its turn. Never while it runs, and once for many events. Says when it
 * threw. Gives the way to end it, after which no timer and no watcher is left.
 */
export const lookout = (
  directory: string,
  look: () => number,
  threw: (error: unknown) => void,
): (() => void) => {
  let closed = false;
  let soon: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;

  const wakeByTime = (): void => {
    folder.renew();
    wake();
  };
  const wake = (): void => {
    soon ??= setImmediate(turn);
  };
  const folder = watchFolder(directory, wake);
  const turn = (): void => {
    clearTimeout(later);
    soon = undefined;
    try {
      const delay = look();
      if (closed) return;
      if (delay === 0) wake();
      else later = setTimeout(wakeByTime, delay);
    } catch (error) {
      threw(error);
    }
  };

  wakeByTime();
  return () => {
    closed = true;
    clearImmediate(soon);
    clearTimeout(later);
    folder.close();
  };
};
