import { ExactNumber, ExactObject, JsonSyntaxError, parseExact, type ExactJson } from '../json/exact.js';
import type { ToolInput } from './tool-input.js';

/** The terminal to which a call of `write_stdin` writes; null where readers cannot tell it, or what is written. */
export const terminalOf = (input: ToolInput): string | null => {
  const args = argumentsOf(input);
  if (args === null || args.repeated.size > 0) return null;
  const [id, text] = [args.get('session_id'), args.get('chars')];
  if (!(text === undefined || typeof text === 'string')) return null;
  if (![args.get('yield_time_ms'), args.get('max_output_tokens')].every(isLimit)) return null;
  if (id instanceof ExactNumber) return id.literal;
  return typeof id === 'string' && id !== '' ? id : null;
};

/** Whether they find the cell that a call of `wait` waits for. */
export const namesCell = (input: ToolInput): boolean =>
  typeof argumentsOf(input)?.get('cell_id') === 'string';

/** The arguments of a function; null where the model wrote something else. */
const argumentsOf = (input: ToolInput): ExactObject | null => {
  if (input.type !== 'function') return null;
  try {
    const args = parseExact(input.arguments);
    return args instanceof ExactObject ? args : null;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  }
};

/** Readers want 64 bits without a sign; no limit needs the last four of them. */
const isLimit = (value: ExactJson | undefined): boolean =>
  value === undefined || value === null || (value instanceof ExactNumber && /^\d{1,19}$/.test(value.literal));
