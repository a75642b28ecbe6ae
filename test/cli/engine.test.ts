import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { flagsFor } from '../../src/cli/engine.js';

const ENGINE = new URL('../../dist/cli/engine.js', import.meta.url).href;

/** Fills the old generation from the young one, and prints the MB that the young one has come to. */
const growing = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const kept = [];
  for (let i = 0; i < 400_000; i++) kept.push({ row: i, list: [i, i + 1, i + 2] });
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(kept.length && young.space_size / 2 ** 20);
`;

const run = (script: string): { young: number; stderr: string } => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return { young: Number(stdout), stderr };
};

const tuned = (logBytes: number): ReturnType<typeof run> =>
  run(`import { tuneEngine } from ${JSON.stringify(ENGINE)}; tuneEngine(${logBytes}); ${growing}`);

describe('the engine', () => {
  it('is tuned in each version of Node.js that is kept up for long', () => {
    for (const v8 of [
      '11.3.244.8-node.38',
      '12.4.254.21-node.57',
      '13.6.233.17-node.53',
      '14.6.202.34-node.34',
    ]) {
      expect(flagsFor(v8)).toContain('--semi-space-growth-factor=1');
    }
  });

  it('is left as it is where nobody knows its flags', () => {
    // That of Node.js 21 lacks a flag of Node.js 20, with the same first number.
    for (const v8 of ['11.8.172.17-node.20', '11.30.1', '99.0.1', '']) expect(flagsFor(v8)).toEqual([]);
  });

  it('keeps what is young small for a short recording, with flags that it knows', () => {
    const { young, stderr } = tuned(5_000_000);
    expect(stderr).toBe(run('').stderr);
    expect({ isSmall: young <= 4 }).toEqual({ isSmall: flagsFor(process.versions.v8).length > 0 });
  });

  it('is left as it is for a long one', () => {
    expect(tuned(50_000_000).young).toBeGreaterThan(8);
  });
});
