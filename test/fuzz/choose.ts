import type { Random } from '../../bench/generate/random.js';

/** One of a list; undefined where it is empty. */
export const choose = <T>(random: Random, list: readonly T[]): T | undefined =>
  list[random.integer(0, list.length - 1)];

/** A list in which each entry stands as often as its weight says, to choose from. */
export const weighted = <T>(...entries: readonly (readonly [weight: number, entry: T])[]): readonly T[] =>
  entries.flatMap(([weight, entry]) => Array.from({ length: weight }, () => entry));
