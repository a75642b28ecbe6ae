import fc from 'fast-check';
import { generateBundle } from '../../bench/generate/generate.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { bundleOf, reorderedSessions, sessions } from '../../src/testing/index.js';
import { writeBundle } from '../../src/testing/node/index.js';
import { recordCalls, recordExample } from './our-recordings.js';

/** Code of ours that writes bundles which every reducer has to understand. */
export interface BundleSource {
  readonly name: string;
  readonly schema: SchemaVersion;
  /** How many bundles are asked for. */
  readonly bundles: number;
  /** Writes the bundle of a number from 0 up into a folder that is not there yet. */
  readonly write: (folder: string, number: number) => void | Promise<void>;
}

/** Sessions that are drawn of a schema. */
const BUNDLES = 25;

const schemas: readonly SchemaVersion[] = [1, 2];

/** Sessions as `rollout-trace/testing` draws them. */
const drawnSessions = (seed: number): readonly BundleSource[] =>
  schemas.map((schema) => ({
    name: 'drawn sessions',
    schema,
    bundles: BUNDLES,
    write: (folder, number) => {
      for (const session of fc.sample(sessions({ schema }), { seed: seed + number, numRuns: 1 })) {
        writeBundle(folder, bundleOf(session));
      }
    },
  }));

/** The same in orders that races could have given them. */
const drawnOrders = (seed: number): readonly BundleSource[] =>
  schemas.map((schema) => ({
    name: 'drawn orders',
    schema,
    bundles: BUNDLES,
    write: (folder, number) => {
      const drawn = fc.sample(reorderedSessions({ schema }), { seed: seed + number, numRuns: 1 });
      for (const { session, order } of drawn) writeBundle(folder, bundleOf(session, order));
    },
  }));

/** Long sessions as the benchmarks generate them. */
const generatedSessions = (seed: number): readonly BundleSource[] =>
  schemas.map((schema) => ({
    name: 'generated sessions',
    schema,
    bundles: 4,
    write: (folder, number) => {
      const mode = number % 2 === 0 ? 'full' : 'incremental';
      generateBundle({ out: folder, schema, mode, seed: seed + number, events: 600, textLength: 300 });
    },
  }));

/** What our recorder writes for a host that calls it at random. */
const recordedCalls = (seed: number): readonly BundleSource[] =>
  schemas.map((schema) => ({
    name: 'recorded calls',
    schema,
    bundles: 50,
    write: (folder, number) => recordCalls(folder, schema, seed + number),
  }));

/** What it writes for the agent of the examples. */
const recordedAgent = (): readonly BundleSource[] =>
  schemas.map((schema) => ({
    name: 'recorded agent',
    schema,
    bundles: 2,
    write: (folder) => recordExample(folder, schema),
  }));

export const bundleSources = (seed: number): readonly BundleSource[] => [
  ...drawnSessions(seed),
  ...drawnOrders(seed + BUNDLES),
  ...generatedSessions(seed),
  ...recordedCalls(seed),
  ...recordedAgent(),
];
