import { MANIFEST_FILE } from '../../src/model/files.js';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateBundle } from '../../bench/generate/generate.js';
import type { GenerateInput, GenerateOptions } from '../../bench/generate/options.js';
import { readManifest } from '../../src/bundle/read-manifest.js';
import { isTraceError } from '../../src/errors/trace-error.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { rulesFor, schemas } from '../../src/schemas/index.js';
import { carriedCases } from '../helpers/carried-cases.js';
import { reduceInMemory } from '../helpers/cascade.js';
import { openInMemory, readBundle, type Bundle } from './bundle.js';

/** A bundle that laws hold for and that mutants are made of. */
export interface Source {
  readonly name: string;
  readonly schema: SchemaVersion;
  readonly bundle: Bundle;
}

/** Every schema: there are bundles of all of them. */
export const allSchemas: readonly SchemaVersion[] = schemas.map(({ version }) => version);

/** The schema of an option `--schema`; all of them where it is not given. */
export const schemasNamed = (text: string | undefined): readonly SchemaVersion[] => {
  const named = allSchemas.filter((schema) => text === undefined || String(schema) === text);
  if (named.length === 0) throw new Error(`--schema must be one of ${allSchemas.join(', ')}, not ${text}`);
  return named;
};

/** The hand-written bundles, without those that are refused for their schema. */
export const handWritten = (): readonly Source[] =>
  carriedCases().flatMap(({ file, files }) =>
    sourceOf(
      file.replace(/\.case$/, ''),
      new Map([...files].map(([name, content]) => [name, Buffer.from(content)])),
    ),
  );

/** Small generated sessions: everything that long ones have, in short texts. One of each schema and mode for a seed. */
export const generatedSessions = (seeds: readonly number[], only = allSchemas): readonly Source[] =>
  seeds.flatMap((seed) =>
    only.flatMap((schema) =>
      (['full', 'incremental'] as const).map((mode) => generated({ seed, schema, mode })),
    ),
  );

const small = {
  events: 120,
  compactEvery: 2,
  childEvery: 2,
  textLength: 60,
  baseBytes: 300,
  cellShare: 0.2,
  stdinShare: 0.3,
} satisfies Partial<GenerateInput>;

const generated = (input: Pick<GenerateOptions, 'seed' | 'schema' | 'mode'>): Source => {
  const out = mkdtempSync(path.join(tmpdir(), 'rollout-trace-generated-'));
  try {
    generateBundle({ ...small, ...input, out });
    const name = `generated, schema ${input.schema}, seed ${input.seed}, ${input.mode}`;
    return { name, schema: input.schema, bundle: readBundle(out) };
  } finally {
    rmSync(out, { recursive: true });
  }
};

/** Bundles in a folder, at any depth; those of another schema are left out. */
export const bundlesIn = (folder: string): readonly Source[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === MANIFEST_FILE && entry.isFile())
    .flatMap(({ parentPath }) => sourceOf(path.relative(folder, parentPath), readBundle(parentPath)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** A bundle as a source; none where its schema cannot be read. */
const sourceOf = (name: string, bundle: Bundle): readonly Source[] => {
  const schema = schemaOf(bundle);
  return schema === undefined ? [] : [{ name, schema, bundle }];
};

/** The schema that a bundle says it has; undefined where it says none that can be read. */
export const schemaOf = (bundle: Bundle): SchemaVersion | undefined => {
  try {
    const { schema_version } = readManifest(bundle.get(MANIFEST_FILE)?.toString() ?? '');
    return rulesFor(schema_version).version;
  } catch (error) {
    if (isTraceError(error)) return undefined;
    throw error;
  }
};

/** What mutants of a schema are made of. */
export type Sources = ReadonlyMap<SchemaVersion, readonly Source[]>;

/** The bundles that the fuzzer mutates; those that are sound stand there several times, to be taken more often. */
export const fuzzSources = (corpus: string | undefined, only = allSchemas): Sources => {
  const extra = corpus === undefined ? [] : bundlesIn(corpus);
  const all = [...handWritten(), ...generatedSessions([1, 2, 3], only), ...extra];
  return new Map(
    only.map((schema) => {
      const found = all.filter((source) => source.schema === schema);
      return [schema, found.flatMap((source) => Array.from({ length: shareOf(source) }, () => source))];
    }),
  );
};

const SOUND_SHARE = 5;

const shareOf = ({ bundle }: Source): number =>
  reduceInMemory(openInMemory(bundle), { strict: false }).diagnostics.length === 0 ? SOUND_SHARE : 1;
