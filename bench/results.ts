import { arch, cpus, platform, totalmem } from 'node:os';
import { format } from 'prettier';
import type { BundleRow, GrowthRow, LargeRow, LiveRow, ManyRow, Results, TinyRow } from './rows.js';
import { checks, isMet, reasonFor, type Check } from './targets.js';

/** The results as a Markdown page, laid out the way the project's formatter wants it. */
export function printResults(results: Results): Promise<string> {
  const { runs, bundles, growth, large, live, many, tiny } = results;
  const page = [
    '# Benchmarks',
    `Whole processes, start-up included: CPU seconds as medians of ${runs} alternating runs. Written by
\`npm run bench -- --out docs/benchmarks.md\` on ${machine()}.`,
    `c: full requests with compaction; ic: incremental requests with compaction; i: incremental requests
without compaction; s2: of schema 2, and of schema 1 otherwise; the number is the size in thousands of
events. _read_ and _parse_ are the floors: reading
every file, and parsing every line and payload as well. The ratios are ours to _parse_ in the same run.`,
    bundleTable(bundles),
    ...section('Long sessions', 'The whole command, once.', largeTable, large),
    ...section(
      'Growth',
      `CPU seconds without printing. The exponent is that of the time, start-up taken off, in the bytes of the
bundle.`,
      growthTable,
      growth,
    ),
    ...section(
      'The event loop of an embedder',
      'Milliseconds between two of its turns, at the longest, in the best run.',
      blockTable,
      bundles,
    ),
    ...section(
      'Live',
      'Microseconds from a line to the snapshot that shows it, in the middle of all events of a class.',
      liveTable,
      live,
    ),
    ...section(
      'Many bundles',
      `The whole command on a folder of sessions. Where CPU is more than wall time, more than one core was at work.`,
      manyTable,
      many,
    ),
    ...section('A tiny bundle', 'Wall seconds of the whole command.', tinyTable, tiny ? [tiny] : []),
    '## Targets',
    targetTable(checks(results)),
    missedList(checks(results)),
  ];
  return format(page.join('\n\n'), { parser: 'markdown' });
}

/** Nothing at all of what was not measured. */
function section<Row>(
  title: string,
  text: string,
  print: (rows: readonly Row[]) => string,
  rows: readonly Row[],
): readonly string[] {
  return rows.length === 0 ? [] : [`## ${title}`, text, print(rows)];
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

function bundleTable(rows: readonly BundleRow[]): string {
  const compared = rows.some((row) => row.original);
  const header = ['bundle', 'MB', 'read', 'parse', 'reduce', 'reduce + print', 'ratio', 'ratio + print'];
  return table(
    [...header, 'peak MiB', ...(compared ? ['original', 'factor'] : [])],
    rows.map(({ name, bytes, read, parse, reduce, print, original, ...row }) => [
      name,
      megabytes(bytes),
      ...[read, parse, reduce, print].map((usage) => usage.cpuSeconds.toFixed(2)),
      ...[row.reduceRatio, row.printRatio].map((ratio) => ratio.toFixed(2)),
      print.peakMiB.toFixed(0),
      ...(compared ? originalCells(original) : []),
    ]),
  );
}

function originalCells(original: BundleRow['original']): string[] {
  if (original === undefined) return ['', ''];
  return [`${original.seconds.toFixed(1)} ${original.by}`, `${original.factor.toFixed(0)}×`];
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

const largeTable = (rows: readonly LargeRow[]): string =>
  table(
    ['bundle', 'MB', 'printed MB', 'CPU', 'peak MiB'],
    rows.map(({ name, bytes, printed, cpuSeconds, peakMiB }) => [
      name,
      megabytes(bytes),
      megabytes(printed),
      cpuSeconds.toFixed(2),
      peakMiB.toFixed(0),
    ]),
  );

const growthTable = (rows: readonly GrowthRow[]): string =>
  table(
    ['from', 'to', 'start-up', 'small', 'large', 'exponent'],
    rows.map(({ from, to, startUp, small, large, exponent }) => [
      from,
      to,
      ...[startUp, small, large, exponent].map((value) => value.toFixed(2)),
    ]),
  );

const blockTable = (rows: readonly BundleRow[]): string =>
  table(
    ['bundle', 'replayBundle', 'writeState'],
    rows.map(({ name, blocks }) => [name, blocks.replay.toFixed(1), blocks.write.toFixed(1)]),
  );

const liveTable = (rows: readonly LiveRow[]): string =>
  table(
    [
      'payload',
      'schema',
      'parsing alone',
      ...(rows[0]?.costs ?? []).map(({ rows: size }) => `${size / 1000}k rows`),
      'growth',
    ],
    rows.map(({ schema, class: of, costs, floor, growth }) => [
      of,
      String(schema),
      floor.toFixed(1),
      ...costs.map(({ median }) => median.toFixed(1)),
      growth.toFixed(2),
    ]),
  );

const manyTable = (rows: readonly ManyRow[]): string =>
  table(
    ['bundles', 'events of each', 'CPU', 'wall', 'CPU / wall', 'CPU of one', 'peak MiB'],
    rows.map(({ bundles, events, cpuSeconds, wallSeconds, peakMiB }) => [
      String(bundles),
      String(events),
      cpuSeconds.toFixed(2),
      wallSeconds.toFixed(2),
      (cpuSeconds / wallSeconds).toFixed(2),
      (cpuSeconds / bundles).toFixed(3),
      peakMiB.toFixed(0),
    ]),
  );

const tinyTable = (rows: readonly TinyRow[]): string =>
  table(
    ['bundle', 'ours', 'original', 'ratio'],
    rows.map(({ ours, original, ratio }) => [
      'example',
      ours.toFixed(3),
      original.toFixed(3),
      ratio.toFixed(2),
    ]),
  );

const targetTable = (found: readonly Check[]): string =>
  table(
    ['target', 'measured', 'limit', ''],
    found.map((check) => [
      check.what,
      check.value.toFixed(2),
      `${check.reach} ${check.limit}`,
      isMet(check) ? 'met' : '**missed**',
    ]),
  );

/** By how much, and why. */
function missedList(found: readonly Check[]): string {
  const missed = found.filter((check) => !isMet(check));
  if (missed.length === 0) return 'All of them are met.';
  return missed
    .map((check) => {
      const share = Math.abs(check.value / check.limit - 1) * 100;
      return `- ${check.what}: ${share.toFixed(0)} % ${check.reach === 'at most' ? 'above' : 'below'}. ${reasonFor(check)}`;
    })
    .join('\n');
}

/** A table whose first column is text and whose other columns are numbers. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
