import { MANIFEST_FILE } from '../../src/model/files.js';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateBundle } from '../../bench/generate/generate.js';
import type { GenerateInput } from '../../bench/generate/options.js';
import { isTraceError } from '../../src/errors/trace-error.js';
import { carriedCases } from '../helpers/carried-cases.js';
import { reduceInMemory } from '../helpers/cascade.js';
import { openInMemory, readBundle, type Bundle } from './bundle.js';

/** A bundle that laws hold for and that mutants are made of. */
export interface Source {
  readonly name: string;
  readonly bundle: Bundle;
}

/** The hand-written bundles. */
export const handWritten = (): readonly Source[] =>
  carriedCases('schema-1').map(({ name, files }) => ({
    name,
    bundle: new Map([...files].map(([file, content]) => [file, Buffer.from(content)])),
  }));

/** Small generated sessions: everything that long ones have, in short texts. One of each mode for a seed. */
export const generatedSessions = (seeds: readonly number[]): readonly Source[] =>
  seeds.flatMap((seed) => [generated({ seed, mode: 'full' }), generated({ seed, mode: 'incremental' })]);

const small = {
  events: 120,
  compactEvery: 2,
  childEvery: 2,
  textLength: 60,
  baseBytes: 300,
  cellShare: 0.2,
  stdinShare: 0.3,
} satisfies Partial<GenerateInput>;

const generated = (input: { readonly seed: number; readonly mode: 'full' | 'incremental' }): Source => {
  const out = mkdtempSync(path.join(tmpdir(), 'rollout-trace-generated-'));
  try {
    generateBundle({ ...small, ...input, out });
    return { name: `generated, seed ${input.seed}, ${input.mode}`, bundle: readBundle(out) };
  } finally {
    rmSync(out, { recursive: true });
  }
};

/** Bundles in a folder, at any depth; those of another schema are left out. */
export const bundlesIn = (folder: string): readonly Source[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === MANIFEST_FILE && entry.isFile())
    .map((entry) => ({ name: path.relative(folder, entry.parentPath), bundle: readBundle(entry.parentPath) }))
    .filter(({ bundle }) => isOfKnownSchema(bundle))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const isOfKnownSchema = (bundle: Bundle): boolean => {
  try {
    openInMemory(bundle);
    return true;
  } catch (error) {
    if (isTraceError(error, 'schema_unsupported')) return false;
    throw error;
  }
};

/** All bundles that the fuzzer mutates; those that are sound stand there several times, to be taken more often. */
export const fuzzSources = (corpus: string | undefined): readonly Source[] => {
  const extra = corpus === undefined ? [] : bundlesIn(corpus);
  return [...handWritten(), ...generatedSessions([1, 2, 3]), ...extra].flatMap((source) =>
    isSound(source) ? Array.from({ length: SOUND_SHARE }, () => source) : [source],
  );
};

const SOUND_SHARE = 5;

const isSound = ({ bundle }: Source): boolean =>
  reduceInMemory(openInMemory(bundle), { strict: false }).diagnostics.length === 0;
