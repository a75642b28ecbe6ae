import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateBundle } from '../bench/generate/generate.js';
import { replayBundle } from '../src/node/index.js';
import { printTrace } from '../src/trace/print.js';

const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-growth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** CPU milliseconds of reducing and printing a bundle, the best of a few runs. */
const cost = async (bundle: string): Promise<number> => {
  const runs: number[] = [];
  for (let run = 0; run < 4; run += 1) {
    const before = process.cpuUsage();
    const { trace, diagnostics } = await replayBundle(bundle, { strict: true });
    let printed = 0;
    for (const chunk of printTrace(trace)) printed += chunk.length;
    const { user, system } = process.cpuUsage(before);
    expect(diagnostics).toEqual([]);
    expect(printed).toBeGreaterThan(0);
    runs.push((user + system) / 1000);
  }
  return Math.min(...runs);
};

const EVENTS = 1000;

describe.each(['full', 'incremental'] as const)('a session of %s requests', (mode) => {
  const bundles: string[] = [];
  beforeAll(() => {
    for (const events of [EVENTS, 4 * EVENTS]) {
      const out = path.join(folder, `${mode}-${events}`);
      generateBundle({ out, events, mode, baseBytes: 2000, textLength: 400 });
      bundles.push(out);
    }
  }, 60_000);

  it('costs less than five times as much when it is four times as long', async () => {
    const [short = '', long = ''] = bundles;
    // The first run of all warms up; a quadratic step would cost sixteen times as much.
    await cost(short);
    expect((await cost(long)) / (await cost(short))).toBeLessThan(5);
  }, 60_000);
});
