import { Random } from '../../bench/generate/random.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { choose } from './choose.js';
import { checkOnDisk, withSandbox } from './disk.js';
import { judge } from './judge.js';
import { graft } from './graft.js';
import { mutant, type MutateOptions, type Mutant } from './mutate.js';
import { randomSession } from './session.js';
import type { Sources, Source } from './sources.js';

export interface Campaign {
  readonly sources: Sources;
  readonly seed: number;
  /** Mutants of the numbers from `first` up. */
  readonly first: number;
  readonly runs: number;
  /** One mutant in so many is reduced on disk too. */
  readonly diskEvery: number;
  /** Milliseconds that one mutant may take. */
  readonly budget: number;
  /** Called before each mutant with its number. */
  readonly onStart?: (index: number) => void;
}

export interface Failure {
  readonly index: number;
  readonly source: string;
  readonly mutant: Mutant;
  readonly error: unknown;
}

export interface CampaignResult {
  /** How often strict mode ended in what: `graph`, or the code of its problem. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly onDisk: number;
  /** Milliseconds of the slowest mutant. */
  readonly slowest: number;
  readonly failures: readonly Failure[];
}

/** Reduces mutants, one after the other, and keeps those that break a law. */
export const fuzz = (campaign: Campaign): Promise<CampaignResult> =>
  withSandbox(async (sandbox) => {
    const outcomes = new Map<string, number>();
    const failures: Failure[] = [];
    let onDisk = 0;
    let slowest = 0;
    for (let index = campaign.first; index < campaign.first + campaign.runs; index++) {
      campaign.onStart?.(index);
      const made = mutantOf(campaign, index, { outside: sandbox.outside });
      if (!made) continue;
      const started = performance.now();
      try {
        const verdict = judge(made.mutant.bundle);
        const outcome = 'code' in verdict.strict ? verdict.strict.code : 'graph';
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (index % campaign.diskEvery === 0) {
          onDisk += 1;
          await checkOnDisk(sandbox, made.mutant.bundle, verdict, index / campaign.diskEvery);
        }
        const took = performance.now() - started;
        slowest = Math.max(slowest, took);
        if (took > campaign.budget) throw new Error(`took ${Math.round(took)} ms`);
      } catch (error) {
        failures.push({ index, ...made, error });
      }
    }
    return { outcomes, onDisk, slowest, failures };
  });

/** The mutant of a number and the name of its source: a bundle, or two that were made one. */
export const mutantOf = (
  { sources, seed }: Pick<Campaign, 'sources' | 'seed'>,
  index: number,
  options: MutateOptions,
): { schema: SchemaVersion; source: string; mutant: Mutant } | undefined => {
  const random = new Random(Math.imul(seed, 0xc2b2ae35) + index);
  const schema = choose(random, [...sources.keys()]);
  const known = schema === undefined ? undefined : sources.get(schema);
  if (schema === undefined || !known) return undefined;
  if (random.chance(INVENTED)) {
    const bundle = randomSession(random.integer(0, 2 ** 31), schema);
    // Sound sessions lead deepest; a mutant of one is of use where many are made.
    const made = random.chance(0.7) ? { bundle, steps: [] } : mutant(bundle, seed, index, options);
    return { schema, source: `a random session of schema ${schema}`, mutant: made };
  }
  const [source, donor] = [choose(random, known), choose(random, known)].toSorted(bySize);
  if (!source || !donor) return undefined;
  if (random.chance(GRAFTED) && sizeOf(donor) < LARGE) {
    const bundle = graft(source.bundle, donor.bundle, random);
    return {
      schema,
      source: `${source.name} with ${donor.name}`,
      mutant: mutant(bundle, seed, index, options),
    };
  }
  // Of two bundles the smaller, which is the faster.
  return { schema, source: source.name, mutant: mutant(source.bundle, seed, index, options) };
};

/** Share of the mutants that are made of a session that was made up. */
const INVENTED = 0.4;
/** Share of the others that are made of two bundles. */
const GRAFTED = 0.3;
/** Bytes from which a bundle is too large to be joined with another. */
const LARGE = 100_000;

const bySize = (a: Source | undefined, b: Source | undefined): number => sizeOf(a) - sizeOf(b);

const sizeOf = (source: Source | undefined): number => {
  if (!source) return 0;
  const { bundle } = source;
  let size = sizes.get(bundle);
  if (size === undefined) {
    size = [...bundle.values()].reduce((sum, content) => sum + content.length, 0);
    sizes.set(bundle, size);
  }
  return size;
};

const sizes = new WeakMap<object, number>();
