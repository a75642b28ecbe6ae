import { expect, it } from 'vitest';
import { tableNames, type RolloutTrace } from '../../src/model/rollout-trace.js';
import { scanJson } from '../fuzz/json-spans.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { holdsForAll } from './subjects.js';

/** The trace as JSON.parse would give it back: it has no integers beyond 2^53. */
const asParsed = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asParsed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asParsed(member)]));
};

const recordsOf = (trace: RolloutTrace): unknown => {
  const tables = tableNames.map((name) => [name, Object.fromEntries(trace[name])]);
  return asParsed({ ...trace, ...Object.fromEntries(tables) });
};

it('prints the rows, and nothing else', () => {
  holdsForAll(
    ({ opened }) => {
      const reduction = reduceInMemory(opened, { strict: false });
      expect(JSON.parse(printed(reduction))).toEqual(recordsOf(reduction.trace));
    },
    { mutants: 300 },
  );
});

it('prints tables in the order of the format and rows in the order of the bytes of their ids', () => {
  const bytesOf = (key: string): Buffer => Buffer.from(String(JSON.parse(`"${key}"`)));
  holdsForAll(
    ({ opened }) => {
      const [root] = scanJson(printed(reduceInMemory(opened, { strict: false }))) ?? [];
      const tables = root?.children.filter(({ kind }) => kind === 'object') ?? [];
      expect(tables.map(({ key }) => key)).toEqual(tableNames);
      for (const { key, children } of tables) {
        const ids = children.map((row) => bytesOf(row.key ?? ''));
        expect(ids, key ?? '').toEqual(ids.toSorted((a, b) => Buffer.compare(a, b)));
      }
    },
    { mutants: 100 },
  );
});
