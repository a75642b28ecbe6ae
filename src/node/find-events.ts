import { closeSync } from 'node:fs';
import type { z } from 'zod/mini';
import type { LogEntry } from '../bundle/log-entry.js';
import { readEventLine } from '../bundle/read-event.js';
import type { WireInteger } from '../model/integers.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { rulesFor } from '../schemas/index.js';
import { logLines, type LogLine } from './log-lines.js';
import type { OpenBundle } from './open-bundle.js';
import { logFile } from './read-log.js';

/** A line of the log, and what it turned out to be. */
export interface ReadLine {
  readonly line: number;
  /** As it was written. */
  readonly text: string;
  readonly entry: LogEntry;
}

/** What a log has under one number. */
export interface FoundEvents {
  /** In the order of the log, also lines that say the number and are no event: several where a number repeats. */
  readonly found: readonly ReadLine[];
  /** The nearest numbers of other events; null where there is none. */
  readonly below: WireInteger | null;
  readonly above: WireInteger | null;
  /** The other lines that are no event: what they say is not known. */
  readonly unreadable: readonly number[];
}

/** Reads the log of a bundle once more. Throws `log_unreadable`. */
export const findEvents = ({ files, manifest }: OpenBundle, seq: bigint): FoundEvents => {
  const descriptor = files.open(logFile);
  try {
    return findInLines(logLines(descriptor), rulesFor(manifest.schema_version).event, seq);
  } finally {
    closeSync(descriptor);
  }
};

export const findInLines = (
  lines: Iterable<LogLine>,
  schema: z.ZodMiniType<RawTraceEvent>,
  seq: bigint,
): FoundEvents => {
  const found: ReadLine[] = [];
  const unreadable: number[] = [];
  let below: WireInteger | null = null;
  let above: WireInteger | null = null;
  for (const logLine of lines) {
    const entry = readEventLine(schema, logLine);
    if (!entry) continue;
    const { text = '', position } = logLine;
    const other = entry.type === 'event' ? entry.event.seq : saidSeq(text);
    if (other !== undefined && BigInt(other) === seq) found.push({ line: position.line, text, entry });
    else if (entry.type === 'problem') unreadable.push(position.line);
    else if (other !== undefined && other < seq) below = below === null || other > below ? other : below;
    else if (other !== undefined) above = above === null || other < above ? other : above;
  }
  return { found, below, above, unreadable };
};

/** The number that a line says which is no event: a torn one still has its beginning. */
const saidSeq = (text: string): bigint | undefined => {
  const digits = /"seq"\s*:\s*(\d+)\s*[,}]/.exec(text)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
};
