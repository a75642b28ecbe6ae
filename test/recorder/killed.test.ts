import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { RawTraceEvent } from '../../src/index.js';
import { replayBundle } from '../../src/node/index.js';
import { bundlesIn, traceRoot } from './trace-root.js';

const child = fileURLToPath(new URL('recording-child.mjs', import.meta.url));
const KILLS = 200;
const AT_A_TIME = 2;

/** Starts to record, and is killed within a few milliseconds. */
const killedWhileRecording = async (folder: string): Promise<void> => {
  const recording = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(recording, 'exit');
  await once(recording.stdout, 'data');
  // Less than a timer can measure is part of it.
  const until = performance.now() + Math.random() * 4;
  if (Math.random() < 0.5) await pause(until - performance.now());
  else while (performance.now() < until) continue;
  recording.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
};

/** Takes a torn last line away, and gives the type of the event before it. */
const lastWholeEvent = (bundle: string): string => {
  const file = path.join(bundle, 'trace.jsonl');
  const log = readFileSync(file);
  const whole = log.lastIndexOf('\n');
  truncateSync(file, whole + 1);
  const line = log.subarray(log.lastIndexOf('\n', whole - 1) + 1, whole).toString();
  const event: RawTraceEvent = JSON.parse(line);
  return event.payload.type;
};

it('leaves a bundle without a flaw up to its last whole line, whenever it is killed', async () => {
  const folder = traceRoot();
  let started = 0;
  const work = async (): Promise<void> => {
    while (started++ < KILLS) await killedWhileRecording(folder);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  const bundles = bundlesIn(folder);
  expect(bundles).toHaveLength(KILLS);
  const lastEvents = new Set<string>();
  for (const bundle of bundles) {
    lastEvents.add(lastWholeEvent(bundle));
    const { trace, diagnostics } = await replayBundle(bundle, { strict: true });
    expect(diagnostics).toEqual([]);
    expect(trace).toMatchObject({ status: 'running', recording_complete: false });
  }
  // The moments were many.
  expect(lastEvents.size).toBeGreaterThan(6);
});
