import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { fuzz } from './campaign.js';
import { keepFailure } from './failures.js';
import { mutant } from './mutate.js';
import { fuzzSources, generatedSessions } from './sources.js';

const SEED = 20_260;

it('ends every mutant of a bundle in a sound graph or in a coded error, and reads nothing beside it', async () => {
  const sources = fuzzSources(undefined);
  const { outcomes, onDisk, failures } = await fuzz({
    sources,
    seed: SEED,
    first: 0,
    runs: 2000,
    diskEvery: 20,
    budget: 5000,
  });
  expect(failures.slice(0, 5).map((failure) => keepFailure(failure, SEED))).toEqual([]);
  // Mutants that are all refused at the door would prove nothing.
  expect(outcomes.get('graph')).toBeGreaterThan(200);
  expect(outcomes.size).toBeGreaterThan(25);
  expect(onDisk).toBe(100);
}, 60_000);

it('makes the same mutant of the same number', () => {
  const [source] = generatedSessions([1]);
  if (!source) throw new Error('no session was generated');
  for (let index = 0; index < 50; index++) {
    const [first, second] = [1, 2].map(() => mutant(source.bundle, 7, index, { outside: ['../secret'] }));
    expect(isDeepStrictEqual(first, second)).toBe(true);
    expect(first?.steps).not.toEqual([]);
  }
});
