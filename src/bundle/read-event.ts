import type { z } from 'zod/mini';
import { describeProblem } from '../errors/trace-error.js';
import { LOG_FILE } from '../model/files.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { safeParse } from '../serde/safe-parse.js';
import { firstIssue } from '../serde/typed.js';
import { EventLine } from './event-line.js';
import type { LogEntry } from './log-entry.js';
import { badLine, readLine } from './read-line.js';

/**
 * Checks an event that is plain data already, as `readLine` checks one that is text; `line` is its place in the
 * stream. One that is a line knows its own; undefined where that is blank.
 */
export const readEvent = (
  schema: z.ZodMiniType<RawTraceEvent>,
  event: unknown,
  line: number,
): LogEntry | undefined => {
  if (event instanceof EventLine) return readEventLine(schema, event);
  const read = safeParse(schema, event);
  if (read.success) return { type: 'event', line, event: read.data };
  const message = `not an event: ${firstIssue(read.error)}`;
  return { type: 'problem', problem: describeProblem('line_invalid', message, { file: LOG_FILE, line }) };
};

export const readEventLine = (
  schema: z.ZodMiniType<RawTraceEvent>,
  { text, position }: Pick<EventLine, 'text' | 'position'>,
): LogEntry | undefined =>
  text === undefined ? badLine(position, 'not valid UTF-8') : readLine(schema, text, position);
