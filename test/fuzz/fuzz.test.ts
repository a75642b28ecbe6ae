import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fuzz } from './campaign.js';
import { keepFailure } from './failures.js';
import { judge } from './judge.js';
import { mutant } from './mutate.js';
import { randomSession } from './session.js';
import { allSchemas, fuzzSources, generatedSessions } from './sources.js';

const SEED = 20_260;

describe.each(allSchemas)('of schema %i', (schema) => {
  it('ends every mutant of a bundle in a sound graph or in a coded error, and reads nothing beside it', async () => {
    const { outcomes, onDisk, failures } = await fuzz({
      sources: fuzzSources(undefined, [schema]),
      seed: SEED,
      first: 0,
      runs: 2000,
      diskEvery: 20,
      // A usual one takes milliseconds, so a slow machine is far from it.
      budget: 20_000,
    });
    expect(failures.slice(0, 5).map((failure) => keepFailure(failure, SEED))).toEqual([]);
    // Mutants that are all refused at the door would prove nothing.
    expect(outcomes.get('graph')).toBeGreaterThan(200);
    expect(outcomes.size).toBeGreaterThan(25);
    expect(onDisk).toBe(100);
  });

  it('makes up sessions of which most are sound', () => {
    const verdicts = Array.from({ length: 100 }, (_, seed) => judge(randomSession(seed, schema)));
    expect(verdicts.filter(({ strict }) => 'reduction' in strict).length).toBeGreaterThan(70);
  });
});

it.each(generatedSessions([1]))('makes the same mutant of the same number: $name', ({ bundle }) => {
  for (let index = 0; index < 25; index++) {
    const [first, second] = [1, 2].map(() => mutant(bundle, 7, index, { outside: ['../secret'] }));
    expect(isDeepStrictEqual(first, second)).toBe(true);
    expect(first?.steps).not.toEqual([]);
  }
});
