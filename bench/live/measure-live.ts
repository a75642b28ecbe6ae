import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateBundle } from '../generate/generate.js';
import type { SchemaVersion } from '../generate/options.js';
import { messageOf } from '../message-of.js';
import type { LiveRow } from '../rows.js';
import { costOf, type EventSample } from './samples.js';

/** Rows of the sessions at whose ends events are measured. */
export const LIVE_SIZES: readonly number[] = [1000, 10_000, 100_000];

const ROWS_PER_EVENT = 1.1;
const MEASURE = fileURLToPath(new URL('./measure-events.ts', import.meta.url));

/** What events cost at the end of a session that has so many rows. */
export interface LiveSamples {
  readonly rows: number;
  readonly samples: readonly EventSample[];
}

export async function measureLive(
  temp: string,
  schema: SchemaVersion,
  sizes: readonly number[],
): Promise<readonly LiveSamples[]> {
  const events = Math.ceil(Math.max(...sizes) / ROWS_PER_EVENT);
  console.error(`generating a session of schema ${schema} to follow`);
  const options = { schema, events, mode: 'incremental', baseBytes: 2000, textLength: 300 } as const;
  const { dir } = generateBundle({ ...options, out: join(temp, `live-${schema}`) });
  const found: LiveSamples[] = [];
  for (const rows of sizes) {
    console.error(`measuring events behind ${rows} rows`);
    const sent = await messageOf(MEASURE, [dir, String(schema), String(rows)], ['--expose-gc']);
    // What measure-events.ts sends.
    found.push({ rows, samples: sent as readonly EventSample[] });
  }
  rmSync(dir, { recursive: true });
  return found;
}

export function liveRows(schema: SchemaVersion, found: readonly LiveSamples[]): readonly LiveRow[] {
  return (['none', 'small', 'request'] as const).map((of) => {
    const costs = found.map(({ rows, samples }) => ({
      rows,
      ...costOf(samples.filter((sample) => sample.class === of)),
    }));
    const growth = (costs.at(-1)?.median ?? NaN) / (costs[0]?.median ?? NaN);
    return { schema, class: of, costs, floor: costs[0]?.floor ?? NaN, growth };
  });
}
