import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateBundle } from './generate/generate.js';
import type { SchemaVersion } from './generate/options.js';
import type { EventClass } from './live/live-session.js';
import { costOf, type EventSample } from './live/samples.js';

/** Microseconds from a line of the log to the snapshot that shows it, in the middle of all events. */
const LIMITS: Readonly<Record<EventClass, number>> = { none: 10, small: 50, request: 250 };
/** How much more it may cost with a hundred times the rows. */
const GROWTH_LIMIT = 2;

const SIZES = [1000, 10_000, 100_000] as const;
const ROWS_PER_EVENT = 1.1;

const MEASURE = fileURLToPath(new URL('./live/measure-events.ts', import.meta.url));

function measureEvents(
  directory: string,
  schema: SchemaVersion,
  rows: number,
): Promise<readonly EventSample[]> {
  return new Promise((resolve, reject) => {
    const args = [directory, String(schema), String(rows)];
    const child = fork(MEASURE, args, { execArgv: [...process.execArgv, '--expose-gc'] });
    let samples: readonly EventSample[] | undefined;
    child.once('message', (message) => (samples = message as readonly EventSample[]));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (samples && code === 0) resolve(samples);
      else reject(new Error(`measuring ${rows} rows ended with exit code ${code}`));
    });
  });
}

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
  const events = Math.ceil(Math.max(...sizes) / ROWS_PER_EVENT);
  console.error(`generating schema ${schema}`);
  const options = { schema, events, mode: 'incremental', baseBytes: 2000, textLength: 300 } as const;
  const { dir } = generateBundle({ ...options, out: join(temp, `s${schema}`) });
  const bySize = [];
  for (const rows of sizes) {
    console.error(`measuring ${rows} rows`);
    bySize.push(groups(await measureEvents(dir, schema, rows)));
  }
  rmSync(dir, { recursive: true });
  let met = true;
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
    const costs = bySize.map((found) => costOf(found[index]?.[2] ?? []));
    const cells = costs.map(({ median, p99, read, floor }) =>
      [median, p99, read, floor].map((value) => value.toFixed(1)).join(' / '),
    );
    const growth = (costs.at(-1)?.median ?? NaN) / (costs[0]?.median ?? NaN);
    if (name.startsWith('all'))
      met &&= growth <= GROWTH_LIMIT && costs.every(({ median }) => median <= LIMITS[of]);
    lines.push(row([name, ...cells, growth.toFixed(2), `${LIMITS[of]}`]));
  }
  console.log(lines.join('\n'));
  return met;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { schema: { type: 'string' }, sizes: { type: 'string', default: SIZES.join(',') } },
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
