import { buildSync } from 'esbuild';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from '../scripts/bundled.mjs';
import type { Bundle } from './bundles.js';
import { longestBlocks } from './longest-blocks.js';
import {
  alternate,
  measureNode,
  measureProcess,
  medianUsage,
  wallSecondsOf,
  median,
  type Usage,
} from './measure.js';
import { originalOf } from './original.js';
import type { BundleRow, GrowthRow, LargeRow, TinyRow } from './rows.js';

const FLOOR = pathOf('./floor.mjs');
const TINY = pathOf('../examples/bundle');
export const COMMAND = pathOf('../dist/bin/main.js');

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** Puts the script into one file with what it needs, as the command is: so the two differ in printing alone. */
export function bundleReduceOnly(folder: string): string {
  const outfile = join(folder, 'reduce-only.mjs');
  buildSync({ ...bundled, entryPoints: [pathOf('./reduce-only.mjs')], outfile });
  return outfile;
}

/** What is measured with all bundles. */
export interface Programs {
  /** Reduces and prints nothing; without a bundle it only starts. */
  readonly reduceOnly: string;
  /** Where the others print to. */
  readonly output: string;
}

export async function measureBundle(
  bundle: Bundle,
  { reduceOnly, output }: Programs,
  runs: number,
): Promise<BundleRow> {
  console.error(`measuring ${bundle.name}`);
  const { dir, kind, name, events, bytes } = bundle;
  const found = await alternate(runs, {
    read: () => measureNode([FLOOR, 'read', dir]),
    parse: () => measureNode([FLOOR, 'parse', dir]),
    reduce: () => measureNode([reduceOnly, dir]),
    print: () => measureNode([COMMAND, 'reduce', dir, '-o', output]),
  });
  const of = (command: 'read' | 'parse' | 'reduce' | 'print') => medianUsage(found(command));
  const [parse, reduce, print] = [of('parse'), of('reduce'), of('print')];
  const row = { kind, name, events, bytes, read: of('read'), parse, reduce, print };
  const ratios = {
    reduceRatio: reduce.cpuSeconds / parse.cpuSeconds,
    printRatio: print.cpuSeconds / parse.cpuSeconds,
  };
  const blocks = await longestBlocks(dir, output, runs);
  const original = await measureOriginal(bundle, output, print);
  rmSync(output, { force: true });
  return { ...row, ...ratios, blocks, ...(original ? { original } : {}) };
}

/** Once only: the original needs minutes where ours needs seconds, so noise does not matter to the factor. */
async function measureOriginal(
  { dir, schema }: Bundle,
  output: string,
  ours: Usage,
): Promise<BundleRow['original']> {
  const binary = originalOf(schema);
  if (binary === undefined) return undefined;
  console.error('measuring the original');
  const usage = await measureProcess(binary, ['debug', 'trace-reduce', dir, '-o', output]);
  if (usage.cpuSeconds === null) {
    return { seconds: usage.wallSeconds, by: 'wall', factor: usage.wallSeconds / ours.wallSeconds };
  }
  return { seconds: usage.cpuSeconds, by: 'CPU', factor: usage.cpuSeconds / ours.cpuSeconds };
}

/** Once, for its memory and for the length of what it prints. */
export async function measureLarge({ dir, name, bytes }: Bundle, output: string): Promise<LargeRow> {
  console.error(`measuring ${name}`);
  const { cpuSeconds, peakMiB } = await measureNode([COMMAND, 'reduce', dir, '-o', output]);
  const printed = statSync(output).size;
  rmSync(output);
  return { name, bytes, printed, cpuSeconds, peakMiB };
}

export async function measureGrowth(
  small: Bundle,
  large: Bundle,
  { reduceOnly }: Programs,
  runs: number,
): Promise<GrowthRow> {
  console.error(`measuring growth from ${small.name} to ${large.name}`);
  const found = await alternate(runs, {
    startUp: () => measureNode([reduceOnly]),
    small: () => measureNode([reduceOnly, small.dir]),
    large: () => measureNode([reduceOnly, large.dir]),
  });
  const cpuOf = (command: 'startUp' | 'small' | 'large') => medianUsage(found(command)).cpuSeconds;
  const [startUp, cpu] = [cpuOf('startUp'), { small: cpuOf('small'), large: cpuOf('large') }];
  const ratio = (cpu.large - startUp) / (cpu.small - startUp);
  // In bytes, since a session of ten times the events is not exactly ten times as long to read.
  const exponent = Math.log(ratio) / Math.log(large.bytes / small.bytes);
  return { from: small.name, to: large.name, startUp, ...cpu, exponent };
}

/** Wall time of both commands on the example; undefined where the original is not at hand. */
export async function measureTiny(output: string, runs: number): Promise<TinyRow | undefined> {
  const original = originalOf(1);
  if (original === undefined) return undefined;
  console.error('measuring a tiny bundle');
  const found = await alternate(runs, {
    ours: () => wallSecondsOf(process.execPath, [COMMAND, 'reduce', TINY, '-o', output]),
    original: () => wallSecondsOf(original, ['debug', 'trace-reduce', TINY, '-o', output]),
  });
  rmSync(output, { force: true });
  const [ours, theirs] = [median(found('ours')), median(found('original'))];
  return { ours, original: theirs, ratio: ours / theirs };
}
