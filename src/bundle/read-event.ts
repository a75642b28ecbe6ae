import type { z } from 'zod';
import { describeProblem } from '../errors/trace-error.js';
import { LOG_FILE } from '../model/files.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { firstIssue } from '../serde/typed.js';
import type { LogEntry } from './log-entry.js';

/** Checks an event that is plain data already, as `readLine` checks one that is text. */
export const readEvent = (schema: z.ZodType<RawTraceEvent>, event: unknown, line: number): LogEntry => {
  const read = schema.safeParse(event);
  if (read.success) return { type: 'event', line, event: read.data };
  const message = `not an event: ${firstIssue(read.error)}`;
  return { type: 'problem', problem: describeProblem('line_invalid', message, { file: LOG_FILE, line }) };
};
