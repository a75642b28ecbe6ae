import type { Random } from '../../bench/generate/random.js';
import { LOG_FILE } from '../../src/model/files.js';
import type { Pool } from './pool.js';

/** Files as byte strings: one character a byte, whatever their encoding. */
export type Files = Map<string, string>;

export interface StepInput {
  readonly files: Files;
  readonly random: Random;
  readonly pool: Pool;
  readonly outside: readonly string[];
  readonly gentle: boolean;
}

/** Changes the files in one way; false where there was nothing to change. */
export type Step = (input: StepInput) => boolean;

/** Lines with their line ends. */
export const linesOf = (files: Files): string[] => files.get(LOG_FILE)?.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export const place = (random: Random, list: readonly unknown[]): number => random.integer(0, list.length - 1);
