import type { Progress } from '../node/read-log.js';

/** Milliseconds of work before there is anything to see. */
const PATIENCE = 300;
const WIDTH = 24;
/** A terminal that does not know its width says 0. */
const UNKNOWN_WIDTH = 80;
const CLEAR_LINE = '\r\u001b[K';

/** `[######------------------]  25% 1200 events`, cut to the width of the terminal. */
export const progressLine = ({ events, bytes, totalBytes }: Progress, columns: number): string => {
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const done = Math.floor(share * WIDTH);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const line = `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}] ${percent} ${events} events`;
  return line.slice(0, Math.max(0, columns - 1));
};

/** Where progress is shown: the part of a terminal stream that it needs. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Whether somebody sees what is drawn on a terminal, and the terminal can clear it again. */
export const isWatched = (
  { isTTY }: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean => isTTY === true && !environment['CI'] && environment['TERM'] !== 'dumb';

/** A bar for somebody who waits in front of a terminal; silent in a pipe and in CI. */
export const progressBar = (
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  now: () => number = () => performance.now(),
) => {
  const isSeen = isWatched(terminal, environment);
  const started = now();
  let isShown = false;
  return {
    show(progress: Progress): void {
      if (!isSeen || now() - started < PATIENCE) return;
      isShown = true;
      terminal.write(CLEAR_LINE + progressLine(progress, terminal.columns || UNKNOWN_WIDTH));
    },
    clear(): void {
      if (isShown) terminal.write(CLEAR_LINE);
      isShown = false;
    },
  };
};
