/** The printed state in `.case` files: its tables, row by row. */
import {
  compact,
  object,
  parseExact,
  Parser,
  pretty,
  quoted,
  shortLiteral,
  shortPayloadRef,
  type Entry,
} from './case-notation.js';
import { encode, readRaw, UNSEEN, writeRaw } from './case-text.js';
import { printShaped, readShaped, rowVariables, stateShape, tableShapes, type Schema } from './case-usual.js';

export function writeState(text: string, schema: Schema): string[] {
  const value = UNSEEN.test(text.replaceAll('\n', '')) ? undefined : parseExact(text, pretty);
  const written = value?.kind === 'object' ? writeTables(value.entries, schema) : undefined;
  return written !== undefined && readState(written, schema) === text
    ? written
    : [`state ${writeRaw(encode(text))}`];
}

function writeTables(entries: readonly Entry[], schema: Schema): string[] | undefined {
  const tables = tableShapes(schema);
  const variables = { schema: String(schema) };
  const isTable = ([key]: Entry): boolean => tables.has(key.slice(1, -1));
  const lines = [
    `state${printShaped(
      stateShape(schema),
      variables,
      entries.filter((entry) => !isTable(entry)),
    )}`,
  ];
  for (const [key, table] of entries.filter(isTable)) {
    const name = key.slice(1, -1);
    if (table.kind !== 'object') return undefined;
    if (table.entries.length === 0) continue;
    lines.push(name);
    for (const [id, row] of table.entries) {
      if (row.kind !== 'object') return undefined;
      const ref = shortPayloadRef(compact(row));
      if (ref !== undefined && ref.startsWith(`${shortLiteral(id)}:`)) lines.push(`  ${ref}`);
      else
        lines.push(
          `  ${shortLiteral(id)}${printShaped(tables.get(name) ?? [], rowVariables(id, row.entries), row.entries)}`,
        );
    }
  }
  return lines;
}

export function readState(lines: readonly string[], schema: Schema): string {
  const [head = '', ...rest] = lines;
  const headFields = head.slice('state '.length);
  const raw = readRaw(headFields);
  if (raw !== undefined) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  const shapes = tableShapes(schema);
  const tables = new Map([...shapes.keys()].map((name): [string, Entry[]] => [name, []]));
  let current = '';
  for (const line of rest) {
    if (!line.startsWith('  ')) {
      if (!tables.has(line)) throw new Error(`no table of the state: ${line}`);
      current = line;
      continue;
    }
    const parser = new Parser(line, 2);
    const first = parser.value();
    if (first.kind === 'object') {
      const id = first.entries[0]?.[1] ?? first;
      tables.get(current)?.push([compact(id), first]);
    } else {
      const id = compact(first);
      const row = readShaped(shapes.get(current) ?? [], parser.rest(), (written) =>
        rowVariables(id, written),
      );
      tables.get(current)?.push([id, object(row)]);
    }
  }
  const scalars = readShaped(stateShape(schema), headFields, () => ({ schema: String(schema) }));
  return pretty(
    object([...scalars, ...[...tables].map(([name, rows]): Entry => [quoted(name), object(rows)])]),
  );
}
