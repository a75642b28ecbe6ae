import path from 'node:path';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import { happenings } from './happenings.js';
import { oneLine } from '../words.js';

/** What happened, one line each; with the name of the session where there may be many. */
export const printedLines = (all: boolean) =>
  function* (before: TailSnapshot | undefined, snapshot: TailSnapshot): Generator<string, void, undefined> {
    const { directory } = snapshot;
    if (!before) yield `following ${oneLine(directory)}\n`;
    const prefix = all ? `${oneLine(path.basename(directory))}: ` : '';
    for (const line of happenings(before, snapshot)) yield `${prefix}${line}\n`;
  };
