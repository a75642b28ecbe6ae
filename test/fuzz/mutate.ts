import { LOG_FILE } from '../../src/model/files.js';
import { Random } from '../../bench/generate/random.js';
import type { Bundle } from './bundle.js';
import { choose } from './choose.js';
import { poolOf, type Pool } from './pool.js';
import { isSealed, resealed } from './seal.js';
import { linesOf, type Files } from './step.js';
import { gentleSteps, namedSteps } from './steps.js';

/** A bundle that was changed, and how. */
export interface Mutant {
  readonly bundle: Bundle;
  /** Names of the changes, in their order. */
  readonly steps: readonly string[];
}

export interface MutateOptions {
  /** Payload paths that lead out of the bundle; none may ever be followed. */
  readonly outside: readonly string[];
  /** Keep to changes that leave the files valid, which lead deeper into the reduction. */
  readonly gentle?: boolean;
}

const MOST_STEPS = 8;
const MOST_ATTEMPTS = 60;
/** Share of the mutants of which the recorder would still vouch for the log: the others end at the first gap. */
const MENDED = 0.9;

/** The mutant of a number: the same source, seed and number give the same bytes. */
export const mutant = (source: Bundle, seed: number, index: number, options: MutateOptions): Mutant => {
  const { outside, gentle = false } = options;
  const random = new Random(Math.imul(seed, 0x85ebca6b) + index);
  const { texts, pool } = known(source);
  const files: Files = new Map(texts);
  let wanted = 1;
  while (wanted < MOST_STEPS && random.chance(0.55)) wanted += 1;
  const steps: string[] = [];
  for (let attempts = 0; steps.length < wanted && attempts < MOST_ATTEMPTS; attempts++) {
    const chosen = choose(random, gentle ? gentleSteps : namedSteps);
    if (chosen?.step({ files, random, pool, outside, gentle })) steps.push(chosen.name);
  }
  if (random.chance(MENDED)) reseal(files);
  const bundle = new Map(
    [...files].map(([path, text]) => {
      const before = source.get(path);
      const isSame = before !== undefined && texts.get(path) === text;
      return [path, isSame ? before : Buffer.from(text, 'latin1')];
    }),
  );
  return { bundle, steps };
};

/** Numbers the lines of a log anew where a gap would be refused. */
const reseal = (files: Files): void => {
  if (!isSealed((file) => files.get(file))) return;
  files.set(LOG_FILE, resealed(linesOf(files)).join(''));
};

/** What all mutants of one bundle start with. */
const known = (source: Bundle): { texts: ReadonlyMap<string, string>; pool: Pool } => {
  const before = knownSources.get(source);
  if (before) return before;
  const texts = new Map([...source].map(([path, content]) => [path, content.toString('latin1')]));
  const found = { texts, pool: poolOf(texts) };
  knownSources.set(source, found);
  return found;
};

const knownSources = new WeakMap<Bundle, ReturnType<typeof known>>();
