import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { compareMutants, smallestOf, writeShrunk, type Originals } from './compare-campaign.js';
import { fuzzSources, schemasNamed } from './sources.js';
import { wholeNumber } from './whole-number.js';

const USAGE = `usage: CODEX_BIN=path/to/codex CODEX_BIN_2=path/to/codex npx tsx test/fuzz/compare.ts [options]
Reduces mutants by the original and by this project (strict), and reports where they differ.
CODEX_BIN is an original that reduces schema 1 (0.160.0), CODEX_BIN_2 one that reduces schema 2 (0.169.0);
a schema without its original is left out.
  --schema N    only mutants of schema N                    (all)
  --runs N      mutants                                     (1000)
  --seed S      seed                                        (1)
  --first I     number of the first mutant                  (0)
  --corpus DIR  folder of more bundles to mutate
  --gentle      only changes that a recorder could have made
  --out DIR     folder for the smallest bundle of each kind of difference
  --shrink T    questions to the original for each of them  (250)`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    schema: { type: 'string' },
    corpus: { type: 'string' },
    gentle: { type: 'boolean', default: false },
    out: { type: 'string' },
    shrink: { type: 'string', default: '250' },
  },
});

/** Originals at a time. */
const WORKERS = 2;

const main = async (originals: Originals): Promise<void> => {
  const [runs, seed] = [wholeNumber('runs', values.runs), wholeNumber('seed', values.seed)];
  const [first, questions] = [wholeNumber('first', values.first), wholeNumber('shrink', values.shrink)];
  const scratch = mkdtempSync(path.join(tmpdir(), 'rollout-trace-compare-'));
  const started = performance.now();
  const { decisions, groups } = await compareMutants({
    originals,
    sources: fuzzSources(values.corpus, [...originals.keys()]),
    seed,
    first,
    runs,
    gentle: values.gentle,
    workers: WORKERS,
    scratch,
    onGroup: ({ index, difference }) => console.error(`mutant ${index}: ${difference.group}`),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const total = [...groups.values()].flat().length;
  console.log(`seed ${seed}, mutants ${first} to ${first + runs - 1}: ${total} differences, ${seconds} s`);
  console.log(
    `  the original: ${[...decisions].map(([decision, count]) => `${count} ${decision}`).join(', ')}`,
  );
  for (const [group, found] of [...groups].toSorted((a, b) => b[1].length - a[1].length)) {
    const smallest = smallestOf(found);
    if (!smallest) continue;
    const { original, ours } = smallest.difference;
    const some = found.slice(0, 8).map(({ index }) => index);
    console.log(`\n${found.length} ${group}\n  mutants ${some.join(', ')}`);
    console.log(`  original ${original}\n  ours ${ours}`);
    if (values.out === undefined) continue;
    const folder = path.join(values.out, `${seed}-${smallest.index}`);
    await writeShrunk(smallest, folder, { scratch, questions });
    writeFileSync(path.join(folder, 'difference.txt'), `${group}\noriginal ${original}\nours ${ours}\n`);
    console.log(`  smallest in ${folder}`);
  }
  rmSync(scratch, { recursive: true });
  process.exitCode = total === 0 ? 0 : 1;
};

const binaries: Record<SchemaVersion, string | undefined> = {
  1: process.env['CODEX_BIN'],
  2: process.env['CODEX_BIN_2'],
};
const originals: Originals = new Map(
  schemasNamed(values.schema).flatMap((schema) => {
    const binary = binaries[schema];
    return binary === undefined ? [] : [[schema, binary]];
  }),
);
if (originals.size === 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await main(originals);
}
