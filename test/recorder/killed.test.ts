import { build } from 'esbuild';
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

const KILLS = 80;
/** Sessions that a process records by turns. Most of the time of this test goes into its start. */
const SESSIONS = 4;
const AT_A_TIME = 3;
const LONGEST_LIFE_MS = 25;

/** The child in one file, which starts in half of the time. */
const bundledChild = async (folder: string): Promise<string> => {
  const outfile = path.join(folder, 'child.mjs');
  const entry = fileURLToPath(new URL('recording-child.mjs', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
};

/** Starts to record, and is killed soon. */
const killedWhileRecording = async (child: string, folder: string): Promise<void> => {
  const recording = spawn(process.execPath, [child, folder, String(SESSIONS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(recording, 'exit');
  await once(recording.stdout, 'data');
  await pause(Math.random() * LONGEST_LIFE_MS);
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

it('leaves bundles without a flaw up to their last whole lines, whenever it is killed', async () => {
  const child = await bundledChild(traceRoot());
  const lastEvents = new Set<string>();
  let started = 0;
  const work = async (): Promise<void> => {
    while (started++ < KILLS) {
      const folder = traceRoot();
      await killedWhileRecording(child, folder);
      const bundles = bundlesIn(folder);
      expect(bundles).toHaveLength(SESSIONS);
      for (const bundle of bundles) {
        lastEvents.add(lastWholeEvent(bundle));
        const { trace, diagnostics } = await replayBundle(bundle, { strict: true });
        expect(diagnostics).toEqual([]);
        expect(trace).toMatchObject({ status: 'running', recording_complete: false });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  // The moments were many, even where a busy machine lets the child do little before it is killed.
  expect(lastEvents.size).toBeGreaterThan(3);
});
