import { parseExact } from '../../src/json/exact-parser.js';
import { compareUtf8 } from '../../src/json/order.js';
import { printExact } from '../../src/json/print.js';
import { ExactNumber, ExactObject, type ExactJson } from '../../src/json/tree.js';
import { tableNames } from '../../src/model/rollout-trace.js';

/** A session that a reader of `tail --json` put together. */
export interface FoldedSession {
  /** The graph as compact JSON, with its ids in the order in which they are printed. */
  readonly state: string;
  readonly diagnostics: unknown;
  readonly pending: unknown;
  readonly events: number;
  readonly objects: number;
}

/** Lays all objects of each directory one over the other, with no knowledge but that of the help. */
export const foldChanges = (ndjson: string): ReadonlyMap<string, FoldedSession> => {
  const sessions = new Map<string, Folding>();
  for (const line of ndjson.split('\n').slice(0, -1)) {
    const change = objectOf(parseExact(line));
    const directory = String(change.get('directory'));
    const known = change.get('restart') === null ? sessions.get(directory) : undefined;
    const folding = known ?? { header: change, tables: new Map(), diagnostics: [], last: change, objects: 0 };
    sessions.set(directory, lay(folding, change));
  }
  return new Map([...sessions].map(([directory, folding]) => [directory, folded(folding)]));
};

interface Folding {
  readonly header: ExactObject;
  readonly tables: Map<string, Map<string, ExactJson>>;
  readonly diagnostics: readonly ExactJson[];
  readonly last: ExactObject;
  readonly objects: number;
}

const lay = (folding: Folding, change: ExactObject): Folding => {
  for (const [name, rows] of objectOf(change.get('tables')).entries) {
    const table = folding.tables.get(name) ?? new Map<string, ExactJson>();
    folding.tables.set(name, table);
    for (const [id, row] of objectOf(rows).entries) {
      if (row === null) table.delete(id);
      else table.set(id, row);
    }
  }
  const header = change.get('header');
  const kept = folding.diagnostics.slice(0, integerOf(change.get('kept_diagnostics')));
  return {
    ...folding,
    ...(header === undefined ? {} : { header: objectOf(header) }),
    diagnostics: [...kept, ...listOf(change.get('diagnostics'))],
    last: change,
    objects: folding.objects + 1,
  };
};

const folded = ({ header, tables, diagnostics, last, objects }: Folding): FoldedSession => {
  const ordered = tableNames.map((name): [string, ExactJson] => {
    const rows = [...(tables.get(name) ?? [])].toSorted(([a], [b]) => compareUtf8(a, b));
    return [name, new ExactObject(new Map(rows))];
  });
  // The keys of an object have no order, but those of a printed graph do: this one is its last before the tables.
  const root: [string, ExactJson] = ['root_thread_id', header.get('root_thread_id') ?? null];
  const others = [...header.entries].filter(([name]) => name !== root[0]);
  return {
    state: printExact(new ExactObject(new Map([...others, root, ...ordered]))),
    diagnostics: JSON.parse(printExact(diagnostics)),
    pending: JSON.parse(printExact(listOf(last.get('pending')))),
    events: integerOf(last.get('events')),
    objects,
  };
};

const objectOf = (value: ExactJson | undefined): ExactObject => {
  if (value instanceof ExactObject) return value;
  throw new Error(`no object: ${String(value)}`);
};

const listOf = (value: ExactJson | undefined): readonly ExactJson[] => {
  if (Array.isArray(value)) return value;
  throw new Error(`no list: ${String(value)}`);
};

const integerOf = (value: ExactJson | undefined): number => {
  if (value instanceof ExactNumber && typeof value.asInteger() === 'number') return Number(value.literal);
  throw new Error(`no integer: ${String(value)}`);
};
