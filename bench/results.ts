import { format } from 'prettier';
import { median, type Usage } from './measure.js';
import type { BundleRow, GrowthRow, Results } from './rows.js';
import { checks, isMet } from './targets.js';

export function medianUsage(runs: readonly Usage[]): Usage {
  return {
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    peakMiB: median(runs.map((run) => run.peakMiB)),
  };
}

/** The results as a Markdown page, laid out the way the project's formatter wants it. */
export function printResults({ runs, bundles, growth }: Results): Promise<string> {
  const page = [
    '# Benchmarks',
    `Whole processes, start-up included: CPU seconds as medians of ${runs} alternating runs,
Node ${process.versions.node}. Written by \`npx tsx bench/run.ts\`.`,
    `c: full requests with compaction; ic: incremental requests with compaction; i: incremental requests
without compaction; s2: of schema 2, and of schema 1 otherwise; the number is the size in thousands of
events. _read_ and _parse_ are the floors: reading
every file, and parsing every line and payload as well. The ratios are ours to _parse_ in the same run.`,
    bundleTable(bundles),
    '## Growth',
    `CPU seconds without printing. The exponent is that of the time, start-up taken off, in the bytes of the
bundle.`,
    growthTable(growth),
    '## Targets',
    targetTable(bundles, growth),
  ];
  return format(page.join('\n\n'), { parser: 'markdown' });
}

function bundleTable(rows: readonly BundleRow[]): string {
  const compared = rows.some((row) => row.original);
  const header = ['bundle', 'MB', 'read', 'parse', 'reduce', 'reduce + print', 'ratio', 'ratio + print'];
  return table(
    [...header, 'peak MiB', ...(compared ? ['original', 'factor'] : [])],
    rows.map(({ name, bytes, read, parse, reduce, print, original, ...row }) => [
      name,
      (bytes / 1e6).toFixed(1),
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

function growthTable(rows: readonly GrowthRow[]): string {
  return table(
    ['from', 'to', 'start-up', 'small', 'large', 'exponent'],
    rows.map(({ from, to, startUp, small, large, exponent }) => [
      from,
      to,
      ...[startUp, small, large, exponent].map((value) => value.toFixed(2)),
    ]),
  );
}

function targetTable(bundles: readonly BundleRow[], growth: readonly GrowthRow[]): string {
  return table(
    ['target', 'measured', 'limit', ''],
    checks(bundles, growth).map((check) => [
      check.what,
      check.value.toFixed(2),
      String(check.limit),
      isMet(check) ? 'met' : '**missed**',
    ]),
  );
}

/** A table whose first column is text and whose other columns are numbers. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
