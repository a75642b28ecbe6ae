import type { Progress } from '../node/read-log.js';

/** How much of the work is done. */
export interface Share {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Milliseconds of work before there is anything to see. */
const PATIENCE = 300;
const WIDTH = 24;
/** A terminal that does not know its width says 0. */
const UNKNOWN_WIDTH = 80;
const CLEAR_LINE = '\r\u001b[K';

/** `[######------------------]  25% 1200 events`, cut to the width of the terminal. */
export const progressLine = ({ bytes, totalBytes }: Share, amount: string, columns: number): string => {
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const done = Math.floor(share * WIDTH);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const line = `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}] ${percent} ${amount}`;
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

/** `1200 events`: how far the replay of one bundle is. */
export const eventsRead = ({ events }: Progress): string => `${events} events`;

/** A bar for somebody who waits in front of a terminal; silent in a pipe and in CI. */
export const progressBar = <P extends Share>(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  amountOf: (progress: P) => string,
  now: () => number = () => performance.now(),
) => {
  const isSeen = isWatched(terminal, environment);
  const started = now();
  let isShown = false;
  return {
    show(progress: P): void {
      if (!isSeen || now() - started < PATIENCE) return;
      isShown = true;
      const columns = terminal.columns || UNKNOWN_WIDTH;
      terminal.write(CLEAR_LINE + progressLine(progress, amountOf(progress), columns));
    },
    clear(): void {
      if (isShown) terminal.write(CLEAR_LINE);
      isShown = false;
    },
  };
};
