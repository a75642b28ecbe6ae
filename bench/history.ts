// What the history of a long session takes: memory beside the trace alone, and time to go to a moment.
//   npm run bench:history -- [--events 10000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { from, lastValueFrom } from 'rxjs';
import { historyReplay } from '../src/history-replay.js';
import { replay } from '../src/replay.js';
import { openInMemory, readBundle, type OpenedBundle } from '../test/fuzz/bundle.js';
import { generateBundle } from './generate/generate.js';

const INTERVALS = [1, 16, 64, 256];
const VISITS = 500;

/** Bytes of the heap that a value holds, and the seconds of CPU to make it. */
async function measure<T>(make: () => Promise<T>) {
  const before = await heapUsed();
  const started = process.cpuUsage();
  const value = await make();
  const { user, system } = process.cpuUsage(started);
  const bytes = (await heapUsed()) - before;
  return { value, bytes, seconds: (user + system) / 1e6 };
}

async function heapUsed(): Promise<number> {
  if (!globalThis.gc) throw new Error('run it with --expose-gc');
  // What a turn of the loop still holds is free in the next.
  for (let turn = 0; turn < 3; turn += 1) {
    await setImmediate();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** Milliseconds to go to a moment, on average over the whole session. */
function visit(history: { readonly length: number; after(events: number): unknown }): number {
  const started = performance.now();
  for (let index = 0; index < VISITS; index += 1) {
    history.after(Math.floor((((index * 7919) % VISITS) * history.length) / VISITS));
  }
  return (performance.now() - started) / VISITS;
}

async function measureBundle(name: string, opened: OpenedBundle): Promise<void> {
  const events = opened.entries.length;
  const whole = () => lastValueFrom(replay(from(opened.entries), { ...opened, strict: false }));
  await whole(); // so that what is made once counts for neither
  const alone = await measure(whole);
  console.log(`${name}: ${events} events, the trace alone ${mb(alone.bytes)}, ${alone.seconds.toFixed(2)} s`);
  for (const every of INTERVALS) {
    const history = await measure(() =>
      lastValueFrom(historyReplay(from(opened.entries), opened, { every })),
    );
    const extra = (history.bytes - alone.bytes) / events;
    const times = [`${history.seconds.toFixed(2)} s`, `${visit(history.value).toFixed(3)} ms a moment`];
    console.log(
      `  every ${every}: ${mb(history.bytes)}, ${extra.toFixed(0)} bytes an event more, ${times.join(', ')}`,
    );
  }
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

const { values } = parseArgs({ options: { events: { type: 'string', default: '10000' } } });
const folder = mkdtempSync(join(tmpdir(), 'rollout-trace-history-'));
try {
  for (const schema of [1, 2] as const) {
    const out = join(folder, `schema-${schema}`);
    generateBundle({ out, schema, events: Number(values.events), mode: 'incremental' });
    await measureBundle(`schema ${schema}`, openInMemory(readBundle(out)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
