import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { compareMutants, smallestOf, writeShrunk } from '../../test/fuzz/compare-campaign.js';
import { compareFolder } from '../../test/fuzz/difference.js';
import { fuzzSources } from '../../test/fuzz/sources.js';
import { reducers, type Binaries } from '../codex/versions.js';
import { keepBundle } from './keep.js';
import { different, equal, type Row } from './row.js';

const MUTANTS = 200;
/** Questions to the original until a mutant counts as small. */
const QUESTIONS = 100;

/** Mutants of hand-written and generated bundles: the same decision, and the same bytes. */
export const checkMutants = async (schema: SchemaVersion, seed: number, binaries: Binaries): Promise<Row> => {
  const version = reducers[schema];
  const scratch = mkdtempSync(path.join(tmpdir(), 'rollout-trace-mutants-'));
  try {
    const { decisions, groups } = await compareMutants({
      originals: new Map([[schema, binaries[version]]]),
      sources: fuzzSources(undefined, [schema]),
      seed,
      first: 0,
      runs: MUTANTS,
      gentle: false,
      workers: 1,
      scratch,
    });
    const counts = [...decisions].map(([decision, count]) => `${count} ${decision}`);
    const kept: string[] = [];
    for (const [group, found] of groups) {
      const smallest = smallestOf(found);
      if (!smallest) continue;
      const bundle = path.join(scratch, `smallest-${smallest.index}`);
      await writeShrunk(smallest, bundle, { scratch, questions: QUESTIONS });
      const { original } = await compareFolder(smallest.binary, bundle);
      kept.push(`${group}; ${keepBundle(bundle, original, `mutant-${version}-${smallest.index}`, group)}`);
    }
    const result =
      kept.length === 0
        ? equal(`${counts.join(', ')} of seed ${seed}`)
        : different(`seed ${seed}: ${kept.join('; ')}`);
    return { name: 'mutants', version, result };
  } finally {
    rmSync(scratch, { recursive: true });
  }
};
