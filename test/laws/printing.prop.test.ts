import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableNames, type RolloutTrace } from '../../src/model/rollout-trace.js';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { scanJson } from '../fuzz/json-spans.js';
import { headerOf } from '../../src/replay.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { holdsForAll, subjects } from './subjects.js';

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

const expectOrder = (text: string): void => {
  const [root] = scanJson(text) ?? [];
  const tables = root?.children.filter(({ kind }) => kind === 'object') ?? [];
  expect(tables.map(({ key }) => key)).toEqual(tableNames);
  for (const { key, children } of tables) {
    const ids = children.map((row) => Buffer.from(String(JSON.parse(`"${row.key}"`))));
    expect(ids, key ?? '').toEqual(ids.toSorted((a, b) => Buffer.compare(a, b)));
  }
};

it('prints tables in the order of the format and rows in the order of the bytes of their ids', () => {
  holdsForAll(({ opened }) => expectOrder(printed(reduceInMemory(opened, { strict: false }))), {
    mutants: 100,
  });
});

it('does so for any ids, of any script and however numeric', () => {
  const [subject] = subjects;
  if (!subject) throw new Error('there is no subject');
  const anyId = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer().map(String),
    fc.constantFrom('__proto__', 'constructor', '\u{1f600}', '\ufffd', '\ue000', 'é', 'Z', 'a', '"', '\n'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { maxLength: 12 }), (ids) => {
      const builder = traceBuilder(headerOf(subject.opened.manifest));
      for (const id of ids) {
        const row = { raw_payload_id: id, kind: { type: 'tool_result' }, path: 'x' } as const;
        builder.apply({ type: 'insert', table: 'raw_payloads', id, row });
      }
      const text = printed({ trace: builder.snapshot() });
      expectOrder(text);
      expect(text.split('"path": "x"').length - 1).toBe(ids.length);
    }),
    { seed: 1 },
  );
});
