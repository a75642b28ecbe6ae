import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

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
  it('keeps what is young small for a short recording, with flags that it knows', () => {
    const { young, stderr } = tuned(5_000_000);
    expect(young).toBeLessThanOrEqual(4);
    expect(stderr).toBe(run('').stderr);
  });

  it('is left as it is for a long one', () => {
    expect(tuned(50_000_000).young).toBeGreaterThan(8);
  });
});
