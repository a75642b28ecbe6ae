import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { writeFiles } from '../helpers/bundle-on-disk.js';
import type { Failure } from './campaign.js';

/** Writes a mutant that broke a law where it can be looked at, and says how to make it again. */
export const keepFailure = ({ index, source, mutant, error }: Failure, seed: number): string => {
  const folder = mkdtempSync(path.join(tmpdir(), `rollout-trace-mutant-${seed}-${index}-`));
  const why = inspect(error, { depth: 5 });
  writeFiles(folder, mutant.bundle);
  writeFileSync(path.join(folder, 'why.txt'), why);
  const name = `seed ${seed}, mutant ${index} of ${source} (${mutant.steps.join(', ')})`;
  return [name, ...why.split('\n').slice(0, 4), `kept in ${folder}`].join('\n  ');
};
