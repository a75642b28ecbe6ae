import { quoteJson } from '../json/compact.js';
import { tableNames, type RolloutTrace } from '../model/rollout-trace.js';

/** Characters after which a chunk is given out: large enough to write, small enough to hold. */
const CHUNK = 1 << 18;

/** Fields in the order of the format; the rest of the trace are its tables. */
const headerFields = [
  'schema_version',
  'trace_id',
  'rollout_id',
  'started_at_unix_ms',
  'ended_at_unix_ms',
  'status',
  'root_thread_id',
] as const;

/**
 * Prints a trace as the original does: two spaces, ids in the order of their bytes, no newline at the
 * end. In chunks, because a long session is longer than a string can be.
 */
export function* printTrace(trace: RolloutTrace): Generator<string, void, undefined> {
  let chunk = '{';
  for (const name of headerFields) {
    const comma = name === 'schema_version' ? '' : ',';
    chunk += `${comma}\n  "${name}": ${print(trace[name], '\n  ')}`;
  }
  for (const name of tableNames) {
    chunk += `,\n  "${name}": {`;
    let separator = '\n    ';
    for (const [id, row] of trace[name]) {
      chunk += `${separator}${quoteJson(id)}: ${print(row, '\n    ')}`;
      separator = ',\n    ';
      if (chunk.length >= CHUNK) {
        yield chunk;
        chunk = '';
      }
    }
    chunk += trace[name].size === 0 ? '}' : '\n  }';
  }
  yield `${chunk}\n}`;
}

/** Prints a value; `indent` is the line break before its closing bracket. */
const print = (value: unknown, indent: string): string => {
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? printList(value, indent) : printObject(value, indent);
};

const printObject = (value: object, indent: string): string => {
  const inner = `${indent}  `;
  let text = '{';
  let separator = inner;
  for (const [key, member] of Object.entries(value)) {
    const printed = itemIdFields.has(key) ? printItemIds(member, inner) : print(member, inner);
    text += `${separator}"${key}": ${printed}`;
    separator = `,${inner}`;
  }
  return text === '{' ? '{}' : `${text}${indent}}`;
};

const printList = (value: readonly unknown[], indent: string): string => {
  if (value.length === 0) return '[]';
  const inner = `${indent}  `;
  return `[${inner}${value.map((element) => print(element, inner)).join(`,${inner}`)}${indent}]`;
};

/** Lists of ids that we made ourselves, `conversation_item:<n>`: nothing in them needs an escape. */
const itemIdFields: ReadonlySet<string> = new Set([
  'conversation_item_ids',
  'request_item_ids',
  'response_item_ids',
  'input_item_ids',
  'replacement_item_ids',
  'output_item_ids',
  'model_visible_call_item_ids',
  'model_visible_output_item_ids',
  'call_item_ids',
  'carried_item_ids',
]);

/** These lists are most of what is printed: a request lists all that the model saw. */
const printItemIds = (ids: unknown, indent: string): string => {
  if (!Array.isArray(ids) || ids.length === 0) return print(ids, indent);
  const inner = `${indent}  `;
  return `[${inner}"${ids.join(`",${inner}"`)}"${indent}]`;
};
