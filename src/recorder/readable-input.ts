import { ExactNumber, ExactObject, JsonSyntaxError, parseExact, type ExactJson } from '../json/exact.js';
import type { ToolInput } from './tool-input.js';

/** Whether readers can tell to which terminal a call of `write_stdin` writes, and what. */
export const namesTerminal = (input: ToolInput): boolean => {
  const args = argumentsOf(input);
  if (args === null || args.repeated.size > 0) return false;
  const [terminal, text] = [args.get('session_id'), args.get('chars')];
  if (!(terminal instanceof ExactNumber || (typeof terminal === 'string' && terminal !== ''))) return false;
  if (!(text === undefined || typeof text === 'string')) return false;
  return [args.get('yield_time_ms'), args.get('max_output_tokens')].every(isLimit);
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
