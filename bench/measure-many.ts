import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateBundle } from './generate/generate.js';
import { alternate, measureNode, medianUsage } from './measure.js';
import { COMMAND } from './measure-bundle.js';
import type { ManyRow } from './rows.js';

const FEW = 15;
const TIMES = 4;

/** The whole command on a folder of sessions, and on one that holds four times as many. */
export async function measureMany(temp: string, events: number, runs: number): Promise<readonly ManyRow[]> {
  const counts = [FEW, TIMES * FEW];
  console.error(`measuring ${counts.join(' and ')} bundles`);
  const folders = counts.map((count) => folderOf(join(temp, `many-${count}`), count, events));
  const [few = '', many = ''] = folders;
  const found = await alternate(runs, {
    few: () => measureNode([COMMAND, 'reduce', few]),
    many: () => measureNode([COMMAND, 'reduce', many]),
  });
  for (const folder of folders) rmSync(folder, { recursive: true });
  return [
    { bundles: FEW, events, ...medianUsage(found('few')) },
    { bundles: TIMES * FEW, events, ...medianUsage(found('many')) },
  ];
}

/** Sessions that differ, as those of a folder do. */
function folderOf(folder: string, count: number, events: number): string {
  for (let seed = 1; seed <= count; seed += 1) {
    generateBundle({ mode: 'incremental', events, seed, out: join(folder, `session-${seed}`) });
  }
  return folder;
}
