import { quoteJson } from '../json/compact.js';
import { tableNames, type RolloutTrace } from '../model/rollout-trace.js';

/** Characters after which a chunk is given out: large enough to write, and small for a string. */
const CHUNK = 1 << 15;

/** Fields in the order of the format, those of all schemas; the rest of the trace are its tables. */
const headerFields = [
  'schema_version',
  'trace_id',
  'rollout_id',
  'started_at_unix_ms',
  'ended_at_unix_ms',
  'status',
  'recording_complete',
  'root_thread_id',
] as const;

/**
 * Prints a trace as the original does: two spaces, ids in the order of their bytes, no newline at the
 * end. In chunks, because a long session is longer than a string can be.
 */
export function* printTrace(trace: RolloutTrace): Generator<string, void, undefined> {
  let chunk = '{';
  const header: Readonly<Record<string, unknown>> = { ...trace };
  for (const name of headerFields) {
    if (header[name] === undefined) continue;
    const comma = name === 'schema_version' ? '' : ',';
    chunk += `${comma}\n  "${name}": ${print(header[name], '\n  ')}`;
  }
  for (const name of tableNames) {
    chunk += `,\n  "${name}": {`;
    let separator = '\n    ';
    for (const [id, row] of trace[name]) {
      chunk += `${separator}${quoteJson(id)}: ${printRow(row)}`;
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

/** What JSON.stringify writes around a row that it is given two levels deep, where rows stand. */
const [BEFORE, AFTER] = ['[\n  [\n    ', '\n  ]\n]'];

const printRow = (row: object): string => {
  try {
    return JSON.stringify([[row]], null, 2).slice(BEFORE.length, -AFTER.length);
  } catch (error) {
    // It knows no integers beyond the exact range of numbers. They are rare: trying costs less than looking.
    if (!(error instanceof TypeError)) throw error;
    return print(row, '\n    ');
  }
};

/** Prints a value; `indent` is the line break before its closing bracket. */
const print = (value: unknown, indent: string): string => {
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const [open, close, members] = Array.isArray(value)
    ? ['[', ']', value.map((element) => print(element, inner))]
    : [
        '{',
        '}',
        Object.entries(value).flatMap(([key, member]) =>
          member === undefined ? [] : [`"${key}": ${print(member, inner)}`],
        ),
      ];
  return members.length === 0 ? open + close : `${open}${inner}${members.join(`,${inner}`)}${indent}${close}`;
};
