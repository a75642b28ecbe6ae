import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateBundle } from '../bench/generate/generate.js';
import { measureNode } from '../bench/measure.js';
import { replayBundle } from '../src/node/index.js';
import { printTrace } from '../src/trace/print.js';

const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-growth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** CPU milliseconds of reducing and printing a bundle, once. */
const costOfBundle = async (bundle: string): Promise<number> => {
  const before = process.cpuUsage();
  const { trace, diagnostics } = await replayBundle(bundle, { strict: true });
  let printed = 0;
  for (const chunk of printTrace(trace)) printed += chunk.length;
  const { user, system } = process.cpuUsage(before);
  expect(diagnostics).toEqual([]);
  expect(printed).toBeGreaterThan(0);
  return (user + system) / 1000;
};

interface Comparison<Input> {
  readonly cost: (input: Input) => Promise<number>;
  readonly short: Input;
  readonly long: Input;
  readonly bound: number;
  /** Rounds before the first that may decide. */
  readonly warmUp: number;
}

/**
 * How many times as much the longer input costs, by the best run of each. Whatever else the machine does
 * only adds to a run, so rounds are added until the best are good enough; a quadratic step stays far above the
 * bound in every round.
 */
const growth = async <Input>({ cost, short, long, bound, warmUp }: Comparison<Input>): Promise<number> => {
  const best = { short: Infinity, long: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.short = Math.min(best.short, await cost(short));
    best.long = Math.min(best.long, await cost(long));
    if (round >= warmUp && best.long / best.short < bound) break;
  }
  return best.long / best.short;
};

const EVENTS = 500;
const ROUNDS = 16;

describe.each([
  [1, 'full'],
  [1, 'incremental'],
  [2, 'incremental'],
] as const)('a session of schema %i with %s requests', (schema, mode) => {
  const bundles: string[] = [];
  beforeAll(() => {
    for (const events of [EVENTS, 8 * EVENTS]) {
      const out = path.join(folder, `${schema}-${mode}-${events}`);
      generateBundle({ out, schema, events, mode, baseBytes: 2000, textLength: 400 });
      bundles.push(out);
    }
  });

  it('costs less than fourteen times as much when it is eight times as long', async () => {
    const [short = '', long = ''] = bundles;
    // By the squares it would be 64 times. Code is still made fast in the first round.
    const bound = 14;
    expect(await growth({ cost: costOfBundle, short, long, bound, warmUp: 1 })).toBeLessThan(bound);
  });
});

it('costs less than five times as much to reduce four times as many bundles', async () => {
  const command = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url));
  const bundle = path.join(folder, 'one-of-many');
  generateBundle({ out: bundle, events: 300, mode: 'incremental' });
  // The same one again and again is as much work as another, and takes no room on the disk.
  const costOfMany = async (amount: number): Promise<number> => {
    const bundles = Array.from({ length: amount }, () => bundle);
    return (await measureNode([command, 'reduce', ...bundles])).cpuSeconds;
  };
  const bound = 5;
  expect(await growth({ cost: costOfMany, short: 10, long: 40, bound, warmUp: 0 })).toBeLessThan(bound);
});
