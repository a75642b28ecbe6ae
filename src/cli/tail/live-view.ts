import type { TailOutput } from './tail-output.js';
import { renderTail } from './render-tail.js';
import { fit } from '../columns.js';
import { roomOn, screen, type ScreenTerminal } from './screen.js';
import { update, type SessionView } from './session-view.js';
import { oneLine } from '../words.js';

/** Milliseconds between two pictures, at least. */
const CALM = 100;
/** Milliseconds after which times that are shown have changed. */
const SECOND = 1000;
/** Sessions that have ended and may still be shown: each takes the memory of its whole graph. */
const REMEMBERED = 20;

export interface LiveViewOptions {
  /** The folder that the user named. */
  readonly given: string;
  /** Whether more than the latest session is shown. */
  readonly all: boolean;
}

/** The terminal of a live view. */
export interface LiveTerminal extends ScreenTerminal {
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** A picture of the sessions on a terminal. It changes in place, and stays when the command ends. */
export const liveView = (terminal: LiveTerminal, { given, all }: LiveViewOptions): TailOutput => {
  const drawing = screen(terminal);
  const views = new Map<string, SessionView>();
  /** Directories of sessions that have ended, in that order. */
  const ended = new Set<string>();
  let forgotten = 0;
  let drawnAt = -Infinity;
  let soon: NodeJS.Timeout | undefined;
  const draw = (): void => {
    clearTimeout(soon);
    soon = undefined;
    drawnAt = performance.now();
    const { width, height } = roomOn(terminal);
    drawing.draw(
      views.size > 0
        ? renderTail([...views.values()], { width, height, now: Date.now(), others: forgotten })
        : [fit(`waiting for a bundle: ${oneLine(given)}`, width)],
    );
  };
  const drawSoon = (): void => {
    soon ??= setTimeout(draw, Math.max(0, drawnAt + CALM - performance.now()));
  };
  const clock = setInterval(drawSoon, SECOND);
  terminal.on('resize', drawSoon);
  return {
    take(snapshot) {
      const { directory } = snapshot;
      const view = views.get(directory);
      if (!all) views.clear();
      views.set(directory, update(view, snapshot));
      drawSoon();
      return undefined;
    },
    release(directory) {
      ended.add(directory);
      for (const oldest of ended) {
        if (ended.size <= REMEMBERED) return;
        ended.delete(oldest);
        views.delete(oldest);
        forgotten += 1;
      }
    },
    async end() {
      clearInterval(clock);
      terminal.off('resize', drawSoon);
      draw();
      drawing.close();
    },
  };
};
