import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kinds, makeBundle, type Kind } from './bundles.js';
import { LIVE_SIZES, liveRows, measureLive } from './live/measure-live.js';
import {
  bundleReduceOnly,
  COMMAND,
  measureBundle,
  measureGrowth,
  measureLarge,
  measureTiny,
} from './measure-bundle.js';
import { measureMany } from './measure-many.js';
import { printResults } from './results.js';
import type { BundleRow, GrowthRow, LargeRow, Results } from './rows.js';
import { checks, isMet } from './targets.js';

interface Settings {
  readonly temp: string;
  readonly kinds: readonly Kind[];
  readonly events: number;
  readonly runs: number;
  /** One size of each bundle, and short sessions to follow: to see that everything runs. */
  readonly quick: boolean;
}

/** Only one kind of bundle is on disk at a time: the largest of them take gigabytes. */
async function measureAll({ temp, kinds: wanted, events, runs, quick }: Settings): Promise<Results> {
  const [bundles, growth, large]: [BundleRow[], GrowthRow[], LargeRow[]] = [[], [], []];
  const output = join(temp, 'state.json');
  const programs = { output, reduceOnly: bundleReduceOnly(temp) };
  for (const kind of wanted) {
    const bundle = makeBundle(temp, kind, events);
    bundles.push(await measureBundle(bundle, programs, runs));
    const times = new Set(quick ? [] : [...kind.large, ...(kind.growth ? [kind.growth] : [])]);
    for (const factor of times) {
      const long = makeBundle(temp, kind, factor * events);
      if (kind.large.includes(factor)) large.push(await measureLarge(long, output));
      if (kind.growth === factor) growth.push(await measureGrowth(bundle, long, programs, runs));
      rmSync(long.dir, { recursive: true });
    }
    rmSync(bundle.dir, { recursive: true });
  }
  const live = [];
  for (const schema of [1, 2] as const) {
    live.push(
      ...liveRows(schema, await measureLive(temp, schema, quick ? LIVE_SIZES.slice(0, 1) : LIVE_SIZES)),
    );
  }
  const many = await measureMany(temp, quick ? 100 : 1000, runs);
  return { runs, bundles, growth, large, live, many, tiny: await measureTiny(output, 5 * runs) };
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} must be a whole number from 1 up`);
  return Number(text);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '10000' },
      runs: { type: 'string', default: '3' },
      kinds: { type: 'string' },
      large: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const events = positive('events', values.events);
  const runs = positive('runs', values.runs);
  const only = values.kinds?.split(',');
  const wanted = kinds(values).filter(({ kind }) => !only || only.includes(kind));
  if (!existsSync(COMMAND)) throw new Error('dist is missing: run `npm run build` first');
  const temp = mkdtempSync(join(tmpdir(), 'rollout-trace-bench-'));
  // At exit rather than in a finally block: an interrupt has to clean up as well.
  process.once('exit', () => rmSync(temp, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

  const results = await measureAll({ temp, kinds: wanted, events, runs, quick: values.quick });
  const page = await printResults(results);
  console.log(page);
  if (values.out !== undefined) await writeFile(values.out, page);
  if (!checks(results).every(isMet)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  // Not 1: that says a target was missed.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
