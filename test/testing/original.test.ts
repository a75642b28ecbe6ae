/**
 * The sessions are to be trusted because the original accepts them. CODEX_BIN (schema 1) and CODEX_BIN_2 (schema 2)
 * name its binaries, SESSIONS how many sessions of each schema it is shown; without binaries this file tests only
 * how they are named.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { bundleOf, reduceStrictly, reorderedSessions } from '../../src/testing/index.js';
import { writeBundle } from '../../src/testing/node/index.js';
import { askOriginal } from '../fuzz/original.js';
import { orderings } from './orderings.js';

type Environment = Readonly<Record<string, string | undefined>>;

const binariesIn = ({ CODEX_BIN, CODEX_BIN_2 }: Environment) =>
  [
    { schema: 1, binary: CODEX_BIN },
    { schema: 2, binary: CODEX_BIN_2 },
  ].flatMap(({ schema, binary }): readonly { schema: SchemaVersion; binary: string }[] =>
    binary === undefined ? [] : [{ schema: schema === 1 ? 1 : 2, binary }],
  );

it('is shown to the originals that the environment names', () => {
  expect(binariesIn({})).toEqual([]);
  expect(binariesIn({ CODEX_BIN_2: 'codex' })).toEqual([{ schema: 2, binary: 'codex' }]);
});

const count = Number(process.env['SESSIONS'] ?? 50);

for (const { schema, binary } of binariesIn(process.env)) {
  it(`makes the bytes of the original of ${count} sessions of schema ${schema}, half of them reordered`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-'));
    const drawn = fc.sample(reorderedSessions({ schema, races: true }), { numRuns: count });
    let events = 0;
    try {
      for (const [index, { session, order }] of drawn.entries()) {
        const bundle = index % 2 === 0 ? bundleOf(session) : bundleOf(session, order);
        const directory = path.join(folder, String(index));
        writeBundle(directory, bundle);
        const answer = await askOriginal(binary, directory);
        const text = await reduceStrictly(bundle);
        expect(answer, JSON.stringify({ session, order })).toEqual({ type: 'graph', text });
        events += bundle.events.length;
        rmSync(directory, { recursive: true });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    // The reporter of the tests says nothing of numbers.
    console.log(
      `${drawn.length} sessions of schema ${schema} with ${events} events: all accepted, all the same`,
    );
  }, 3_600_000);

  const sensitive = orderings.filter(({ schemas }) => schemas.includes(schema));
  it.each(sensitive)(
    `is as sensitive to the order of $pair as the original of schema ${schema}`,
    async (each) => {
      for (const bundle of each.bundles(schema)) {
        const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-'));
        const directory = path.join(folder, 'bundle');
        writeBundle(directory, bundle);
        const text = await reduceStrictly(bundle);
        expect(await askOriginal(binary, directory)).toEqual({ type: 'graph', text });
        rmSync(folder, { recursive: true });
      }
    },
  );
}
