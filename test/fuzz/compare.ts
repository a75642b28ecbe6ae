import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import type { Bundle } from './bundle.js';
import { mutantOf } from './campaign.js';
import { compareOnce, type Difference } from './difference.js';
import { shrink } from './shrink.js';
import { fuzzSources, schemaOf, schemasNamed } from './sources.js';
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

interface Found {
  readonly index: number;
  readonly binary: string;
  readonly bundle: Bundle;
  readonly difference: Difference;
}

/** Processes at a time: one for each worker. */
const WORKERS = 2;

type Originals = ReadonlyMap<SchemaVersion, string>;

const main = async (originals: Originals): Promise<void> => {
  const [runs, seed] = [wholeNumber('runs', values.runs), wholeNumber('seed', values.seed)];
  const first = wholeNumber('first', values.first);
  const sources = fuzzSources(values.corpus, [...originals.keys()]);
  const scratch = mkdtempSync(path.join(tmpdir(), 'rollout-trace-compare-'));
  const groups = new Map<string, Found[]>();
  const decisions = new Map<string, number>();
  let next = first;
  const work = async (worker: number): Promise<void> => {
    for (let index = next++; index < first + runs; index = next++) {
      const made = mutantOf({ sources, seed }, index, { outside: [], gentle: values.gentle });
      if (!made) continue;
      const { bundle } = made.mutant;
      const binary = originals.get(schemaOf(bundle) ?? made.schema);
      if (binary === undefined) continue;
      const { original, difference } = await compareOnce(binary, path.join(scratch, String(worker)), bundle);
      decisions.set(original, (decisions.get(original) ?? 0) + 1);
      if (!difference) continue;
      const found = groups.get(difference.group) ?? [];
      if (found.length === 0) console.error(`mutant ${index}: ${difference.group}`);
      groups.set(difference.group, [...found, { index, binary, bundle, difference }]);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const total = [...groups.values()].flat().length;
  console.log(`seed ${seed}, mutants ${first} to ${first + runs - 1}: ${total} differences, ${seconds} s`);
  console.log(
    `  the original: ${[...decisions].map(([decision, count]) => `${count} ${decision}`).join(', ')}`,
  );
  for (const [group, found] of [...groups].toSorted((a, b) => b[1].length - a[1].length)) {
    const smallest = found.toSorted((a, b) => sizeOf(a.bundle) - sizeOf(b.bundle))[0];
    if (!smallest) continue;
    console.log(
      `\n${found.length} ${group}\n  mutants ${found
        .slice(0, 8)
        .map(({ index }) => index)
        .join(', ')}`,
    );
    console.log(`  original ${smallest.difference.original}\n  ours ${smallest.difference.ours}`);
    if (values.out !== undefined) await keep(scratch, values.out, `${seed}-${smallest.index}`, smallest);
  }
  rmSync(scratch, { recursive: true });
  process.exitCode = total === 0 ? 0 : 1;
};

/** Writes the bundle of a difference as small as it can be made. */
const keep = async (scratch: string, out: string, name: string, found: Found): Promise<void> => {
  const shows = async (bundle: Bundle): Promise<boolean> => {
    const { difference } = await compareOnce(found.binary, path.join(scratch, 'shrink'), bundle);
    return difference?.group === found.difference.group;
  };
  const smallest = await shrink(found.bundle, shows, wholeNumber('shrink', values.shrink));
  const folder = path.join(out, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, smallest);
  const { group, original, ours } = found.difference;
  writeFileSync(path.join(folder, 'difference.txt'), `${group}\noriginal ${original}\nours ${ours}\n`);
  console.log(`  smallest in ${folder}`);
};

const sizeOf = (bundle: Bundle): number => [...bundle.values()].reduce((sum, { length }) => sum + length, 0);

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
