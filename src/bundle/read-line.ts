import { LOG_FILE } from '../model/files.js';
import type { z } from 'zod/mini';
import { describeProblem } from '../errors/trace-error.js';
import type { LogEntry } from './log-entry.js';
import { JsonSyntaxError } from '../json/exact.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { acceptsAsIs } from '../serde/acceptor.js';
import { RepeatedFieldError } from '../serde/forms.js';
import { readStruct } from '../serde/read-struct.js';
import { firstIssue } from '../serde/typed.js';

/** Where a line stands, and whether a line break ends it: the last line of a crashed writer has none. */
export interface LinePosition {
  readonly line: number;
  readonly complete: boolean;
}

/** Reads one line of the log; undefined for a blank one. */
export const readLine = (
  schema: z.ZodMiniType<RawTraceEvent>,
  text: string,
  position: LinePosition,
): LogEntry | undefined => {
  const { line } = position;
  const event = readCanonical(schema, text);
  if (event) return { type: 'event', line, event };
  if (isBlank(text)) return undefined;
  const read = readAnySpelling(schema, text);
  return 'issue' in read ? badLine(position, read.issue) : { type: 'event', line, event: read.event };
};

/** A line that is no event: torn if the writer stopped in the middle of it. */
export const badLine = ({ line, complete }: LinePosition, issue: string): LogEntry => ({
  type: 'problem',
  problem: complete
    ? describeProblem('line_invalid', `not an event: ${issue}`, { file: LOG_FILE, line })
    : describeProblem('line_torn', `the last line is incomplete: ${issue}`, { file: LOG_FILE, line }),
});

/**
 * Reads a line that is spelled as we would spell it, with the keys that we know: nothing is lost in it.
 * Printing the parsed line proves that no key was repeated and no integer written as `5.0`; every line of
 * a real writer passes.
 */
const readCanonical = (schema: z.ZodMiniType<RawTraceEvent>, text: string): RawTraceEvent | undefined => {
  if (!text.startsWith('{') || text.includes('\\ud')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
    // It throws where there are some thousand levels.
    if (JSON.stringify(value) !== text) return undefined;
  } catch {
    return undefined;
  }
  return acceptsAsIs(schema, value) ? value : undefined;
};

/** Reads a line in any spelling that serde accepts, or says what is wrong with it. */
const readAnySpelling = (
  schema: z.ZodMiniType<RawTraceEvent>,
  text: string,
): { event: RawTraceEvent } | { issue: string } => {
  try {
    const read = readStruct(schema, text);
    return read.success ? { event: read.data } : { issue: firstIssue(read.error) };
  } catch (error) {
    if (error instanceof RepeatedFieldError) return { issue: error.message };
    if (error instanceof JsonSyntaxError) return { issue: `${error.message} at column ${error.column}` };
    throw error;
  }
};

/** White space as Unicode defines it, which is not what `trim` removes. */
const isBlank = (text: string): boolean => /^\p{White_Space}*$/u.test(text);
