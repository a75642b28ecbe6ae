import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateBundle, type GeneratedBundle, type GenerateInput } from './generate/generate.js';
import type { SchemaVersion } from './generate/options.js';
import { measureNode, measureProcess, type Usage } from './measure.js';
import { medianUsage, printResults } from './results.js';
import type { BundleKind, BundleRow, GrowthRow } from './rows.js';
import { checks, isMet } from './targets.js';

interface Kind {
  readonly kind: BundleKind;
  readonly schema: SchemaVersion;
  readonly input: Partial<GenerateInput>;
  readonly growth: boolean;
}

const KINDS: readonly Kind[] = [
  { kind: 'c', schema: 1, input: { mode: 'full' }, growth: true },
  { kind: 'ic', schema: 1, input: { mode: 'incremental' }, growth: true },
  // Without compaction the lists of each request grow with the history, so the result itself is quadratic.
  { kind: 'i', schema: 1, input: { mode: 'incremental', compactEvery: 0 }, growth: false },
  // Its large bundle alone would take longer than all the rest of schema 2.
  { kind: 's2-c', schema: 2, input: { mode: 'full' }, growth: false },
  { kind: 's2-ic', schema: 2, input: { mode: 'incremental' }, growth: true },
];

/** Where the original is to be found. Each of its versions reads one schema alone. */
const ORIGINALS: Readonly<Record<SchemaVersion, string>> = { 1: 'CODEX_BIN', 2: 'CODEX_BIN_2' };

const FLOOR = path('./floor.mjs');
const REDUCE_ONLY = path('./reduce-only.mjs');
const COMMAND = path('../dist/bin/main.js');

interface Bundle extends GeneratedBundle, Kind {
  readonly name: string;
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

function note(text: string): void {
  console.error(text);
}

function makeBundle(temp: string, kind: Kind, events: number): Bundle {
  const name = `${kind.kind}${events / 1000}k`;
  note(`generating ${name}`);
  const { schema, input } = kind;
  return { ...kind, name, ...generateBundle({ ...input, schema, out: join(temp, name), events }) };
}

/** Takes turns, A B A B: what slows the machine for a while then hits all of them alike. */
async function alternate<Name extends string>(
  runs: number,
  commands: Readonly<Record<Name, readonly string[]>>,
): Promise<(name: Name) => Usage> {
  const usages = new Map<string, Usage[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries<readonly string[]>(commands)) {
      usages.set(name, [...(usages.get(name) ?? []), await measureNode(args)]);
    }
  }
  return (name) => medianUsage(usages.get(name) ?? []);
}

async function measureBundle(bundle: Bundle, temp: string, runs: number): Promise<BundleRow> {
  note(`measuring ${bundle.name}`);
  const { dir, kind, name, events, bytes } = bundle;
  const output = join(temp, `${name}.json`);
  const of = await alternate(runs, {
    read: [FLOOR, 'read', dir],
    parse: [FLOOR, 'parse', dir],
    reduce: [REDUCE_ONLY, dir],
    print: [COMMAND, 'reduce', dir, '-o', output],
  });
  const parse = of('parse');
  const reduce = of('reduce');
  const print = of('print');
  const row = { kind, name, events, bytes, read: of('read'), parse, reduce, print };
  const ratios = {
    reduceRatio: reduce.cpuSeconds / parse.cpuSeconds,
    printRatio: print.cpuSeconds / parse.cpuSeconds,
  };
  const original = await measureOriginal(bundle, output, print);
  rmSync(output, { force: true });
  return { ...row, ...ratios, ...(original ? { original } : {}) };
}

/** Once only: the original needs minutes where ours needs seconds, so noise does not matter to the factor. */
async function measureOriginal(
  { dir, schema }: Bundle,
  output: string,
  ours: Usage,
): Promise<BundleRow['original']> {
  const binary = process.env[ORIGINALS[schema]];
  if (binary === undefined || binary === '') return undefined;
  note('measuring the original');
  const usage = await measureProcess(binary, ['debug', 'trace-reduce', dir, '-o', output]);
  if (usage.cpuSeconds === null) {
    return { seconds: usage.wallSeconds, by: 'wall', factor: usage.wallSeconds / ours.wallSeconds };
  }
  return { seconds: usage.cpuSeconds, by: 'CPU', factor: usage.cpuSeconds / ours.cpuSeconds };
}

async function measureGrowth(small: Bundle, large: Bundle, runs: number): Promise<GrowthRow> {
  note(`measuring growth from ${small.name} to ${large.name}`);
  const of = await alternate(runs, {
    startUp: [REDUCE_ONLY],
    small: [REDUCE_ONLY, small.dir],
    large: [REDUCE_ONLY, large.dir],
  });
  const startUp = of('startUp').cpuSeconds;
  const cpu = { small: of('small').cpuSeconds, large: of('large').cpuSeconds };
  const ratio = (cpu.large - startUp) / (cpu.small - startUp);
  // In bytes, since a session of four times the events is not exactly four times as long to read.
  const exponent = Math.log(ratio) / Math.log(large.bytes / small.bytes);
  return { from: small.name, to: large.name, startUp, ...cpu, exponent };
}

/** Only one kind of bundle is on disk at a time: the largest of them take gigabytes. */
async function measureAll(temp: string, events: number, runs: number) {
  const bundles: BundleRow[] = [];
  const growth: GrowthRow[] = [];
  for (const kind of KINDS) {
    const bundle = makeBundle(temp, kind, events);
    bundles.push(await measureBundle(bundle, temp, runs));
    if (kind.growth) {
      const large = makeBundle(temp, kind, 4 * events);
      growth.push(await measureGrowth(bundle, large, runs));
      rmSync(large.dir, { recursive: true });
    }
    rmSync(bundle.dir, { recursive: true });
  }
  return { runs, bundles, growth };
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
      out: { type: 'string' },
    },
  });
  const events = positive('events', values.events);
  const runs = positive('runs', values.runs);
  if (!existsSync(COMMAND)) throw new Error('dist is missing: run `npm run build` first');
  const temp = mkdtempSync(join(tmpdir(), 'rollout-trace-bench-'));
  // At exit rather than in a finally block: an interrupt has to clean up as well.
  process.once('exit', () => rmSync(temp, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

  const results = await measureAll(temp, events, runs);
  const page = await printResults(results);
  console.log(page);
  if (values.out !== undefined) await writeFile(values.out, page);
  if (!checks(results.bundles, results.growth).every(isMet)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  // Not 1: that says a target was missed.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
