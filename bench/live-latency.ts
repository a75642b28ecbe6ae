import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tailBundle } from '../src/node/index.js';
import { generateBundle } from './generate/generate.js';

/** Milliseconds from an append to the snapshot that shows it. */
const LIMITS = { median: 10, p99: 50 } as const;
type Figure = keyof typeof LIMITS;

/** Runs a script of this folder, and gives the times that it prints. */
async function timesOf(script: string, ...args: readonly string[]): Promise<number[]> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Options meant for this process, a loader for instance, must not ride along.
    env: { ...process.env, NODE_OPTIONS: undefined },
  });
  const times: unknown = JSON.parse(await text(child.stdout));
  if (Array.isArray(times) && times.every((time) => typeof time === 'number')) return times;
  throw new Error(`${script} printed no times`);
}

/** When the snapshot came that shows the first so many events, for each number of events. */
function tailTimes(folder: string, events: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const subscription = tailBundle(folder).subscribe({
      next(snapshot) {
        const now = Number(process.hrtime.bigint());
        while (times.length < snapshot.events) times.push(now);
        if (snapshot.diagnostics.length > 0) reject(new Error('the tail met a problem'));
        if (times.length < events) return;
        subscription.unsubscribe();
        resolve(times);
      },
      error: reject,
    });
  });
}

/** What lies between two lists of times, without the time in which processes start. */
function latency(from: readonly number[], to: readonly number[], skip: number): Record<Figure, number> {
  const sorted = to
    .map((time, index) => (time - (from[index] ?? NaN)) / 1e6)
    .slice(skip)
    .toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { median: at(0.5), p99: at(0.99) };
}

interface Round {
  readonly tail: Record<Figure, number>;
  readonly floor: Record<Figure, number>;
}

async function measure(recorded: string, live: string, events: number, rate: number): Promise<Round> {
  mkdirSync(live);
  // The tail starts before the bundle.
  const tailed = tailTimes(live, events);
  const floored = timesOf('./live-floor.mjs', live, `${events}`);
  const written = await timesOf('./live-writer.mjs', recorded, live, `${rate}`);
  const warmUp = rate / 2;
  return {
    tail: latency(written, await tailed, warmUp),
    floor: latency(written, await floored, warmUp),
  };
}

/** Prints a round, and says whether its figures are below their limits. */
function judge({ tail, floor }: Round): 'met' | 'missed' | 'too busy to tell' {
  let verdict: ReturnType<typeof judge> = 'met';
  for (const figure of ['median', 'p99'] as const) {
    const [value, least, limit] = [tail[figure], floor[figure], LIMITS[figure]];
    console.log(
      `${figure}: ${value.toFixed(2)} ms, limit ${limit}; bare watch and read: ${least.toFixed(2)} ms`,
    );
    if (value < limit || verdict === 'missed') continue;
    // A machine that wakes a process that late says nothing about what the process does then.
    verdict = least > limit / 2 ? 'too busy to tell' : 'missed';
  }
  return verdict;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '5' },
      schema: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '4' },
    },
  });
  const rate = Number(values.rate);
  const rounds = Number(values.rounds);
  const schema = values.schema === '1' ? 1 : 2;
  const temp = mkdtempSync(join(tmpdir(), 'rollout-trace-live-'));
  process.once('exit', () => rmSync(temp, { recursive: true, force: true }));

  const recorded = join(temp, 'recorded');
  const { events } = generateBundle({
    out: recorded,
    schema,
    events: rate * Number(values.seconds),
    mode: 'full',
  });
  console.log(`${events} events at ${rate} a second, from the append to the snapshot:`);
  // Whatever else the machine does only adds to a round, so one that meets the limits is enough.
  for (let round = 1; round <= rounds; round += 1) {
    const verdict = judge(await measure(recorded, join(temp, `live-${round}`), events, rate));
    console.log(verdict);
    process.exitCode = verdict === 'missed' ? 1 : 0;
    if (verdict === 'met') return;
  }
}

try {
  await main();
} catch (error) {
  // Not 1: that says a target was missed.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
