import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SchemaVersion } from './generate/options.js';
import type { EventClass } from './live/live-session.js';
import { LIVE_SIZES, liveRows, measureLive } from './live/measure-live.js';
import { costOf, type EventSample } from './live/samples.js';
import { isMet, LIVE_LIMITS, liveChecks } from './targets.js';

function groups(
  samples: readonly EventSample[],
): readonly (readonly [name: string, of: EventClass, EventSample[]])[] {
  const classes = (['none', 'small', 'request'] as const).map(
    (of) => [`all: ${of}`, of, samples.filter((sample) => sample.class === of)] as const,
  );
  const kinds = [...new Map(samples.map((sample) => [sample.kind, sample.class]))].map(
    ([kind, of]) => [kind, of, samples.filter((sample) => sample.kind === kind)] as const,
  );
  return [...classes, ...kinds];
}

/** Prints the table of one schema, and tells whether its targets were met. */
async function measureSchema(
  temp: string,
  schema: SchemaVersion,
  sizes: readonly number[],
): Promise<boolean> {
  const found = await measureLive(temp, schema, sizes);
  const bySize = found.map(({ samples }) => groups(samples));
  const header = [
    'event',
    ...sizes.map((rows) => `${rows / 1000}k rows: median / p99 / reading the line / floor`),
    'growth',
    'limit',
  ];
  const lines = [
    `## Schema ${schema}`,
    '',
    row(header),
    row(header.map((_, index) => (index === 0 ? '---' : '---:'))),
  ];
  for (const [index, [name, of]] of (bySize[0] ?? []).entries()) {
    const costs = bySize.map((size) => costOf(size[index]?.[2] ?? []));
    const cells = costs.map(({ median, p99, read, floor }) =>
      [median, p99, read, floor].map((value) => value.toFixed(1)).join(' / '),
    );
    const growth = (costs.at(-1)?.median ?? NaN) / (costs[0]?.median ?? NaN);
    lines.push(row([name, ...cells, growth.toFixed(2), `${LIVE_LIMITS[of]}`]));
  }
  console.log(lines.join('\n'));
  return liveRows(schema, found).flatMap(liveChecks).every(isMet);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { schema: { type: 'string' }, sizes: { type: 'string', default: LIVE_SIZES.join(',') } },
  });
  const schemas = ([1, 2] as const).filter((schema) => (values.schema ?? String(schema)) === String(schema));
  if (!existsSync(new URL('../dist/live-replay.js', import.meta.url))) {
    throw new Error('dist is missing: run `npm run build` first');
  }
  const temp = mkdtempSync(join(tmpdir(), 'rollout-trace-live-cost-'));
  process.once('exit', () => rmSync(temp, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  for (const schema of schemas) {
    const met = await measureSchema(temp, schema, values.sizes.split(',').map(Number));
    if (!met) process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  // Not 1: that says a target was missed.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
