import type { PayloadBody } from '../bundle/payload.js';
import { field, stringField } from '../json/access.js';
import { JsonSyntaxError } from '../json/exact.js';
import { parseJson } from '../json/parse.js';

/**
 * The cell that a call of the tool `wait` waits for, by its handle; undefined for any other tool. The
 * invocation's `tool_name` decides, whatever kind the event gives the tool.
 */
export const readWaitedCell = (
  invocation: PayloadBody,
): { runtime_cell_id: string } | { issue: string } | undefined => {
  if (stringField(invocation.value, 'tool_name') !== 'wait') return undefined;
  const text = stringField(field(invocation.value, 'payload'), 'arguments');
  if (text === undefined) return { issue: 'did not contain function arguments' };
  const runtime_cell_id = cellId(text);
  if (typeof runtime_cell_id === 'object') return runtime_cell_id;
  return runtime_cell_id === undefined ? { issue: 'did not contain cell_id' } : { runtime_cell_id };
};

const cellId = (text: string): string | undefined | { issue: string } => {
  try {
    return stringField(parseJson(text), 'cell_id');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { issue: `had invalid JSON arguments: ${error.message}` };
  }
};
