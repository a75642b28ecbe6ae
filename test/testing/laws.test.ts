import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import { defineProjection } from '../../src/projections/projection.js';
import { stagesOf } from '../../src/replay.js';
import type { Drivers } from '../../src/streams/drivers.js';
import {
  confluence,
  prefix,
  reduceStepwise,
  reduceStrictly,
  snapshotIsReplay,
} from '../../src/testing/index.js';
import { chunking, frozenIsLent, streamIsFold } from '../helpers/projection-laws.js';
import { usualManifest } from '../helpers/fold.js';

const few = { seed: 1, numRuns: 60, includeErrorInReport: true } as const;

/** The projections of a replay, each with a check of all laws. */
const projectionsOf = (schema: SchemaVersion) => {
  const checks: Drivers<{ readonly name: string; readonly check: () => void } | undefined> = {
    project: (projection) => ({
      name: projection.name,
      check() {
        for (const law of [frozenIsLent, streamIsFold, chunking]) {
          fc.assert(law(projection, { schema }), { seed: 1, numRuns: 8, includeErrorInReport: true });
        }
      },
    }),
    gate: () => undefined,
  };
  const stages = stagesOf({ ...usualManifest, schema_version: schema }, checks);
  return stages.filter((stage) => stage !== undefined);
};

describe.each([1, 2] as const)('this package, on sessions of schema %i,', (schema) => {
  it('makes the same graph of every order of concurrent events', async () => {
    await fc.assert(confluence(reduceStrictly, { schema }), { ...few, numRuns: 200 });
  });

  it('accepts what stops early, and takes no row back', async () => {
    await fc.assert(prefix(reduceStrictly, { schema }), few);
  });

  it('gives snapshots that are replays', async () => {
    await fc.assert(snapshotIsReplay(reduceStepwise, reduceStrictly, { schema }), few);
  });

  it.each(projectionsOf(schema))('drives $name in every way alike', ({ check }) => {
    expect(check).not.toThrow();
  });
});

describe('a law', () => {
  const options = { schema: 1 } as const;

  it('finds a reducer that keeps the order of the log', async () => {
    const typesOf = confluence(
      ({ events }) => JSON.stringify({ types: events.map(({ payload }) => payload.type) }),
      options,
    );
    await expect(fc.assert(typesOf, few)).rejects.toThrow('another order of the events');
  });

  it('finds a reducer that takes rows back', async () => {
    const lastOnly = prefix(({ events }) => {
      const last = events.at(-1)?.seq ?? 0;
      return JSON.stringify({ threads: { [String(last)]: {} } });
    }, options);
    await expect(fc.assert(lastOnly, few)).rejects.toThrow('fewer rows than its start');
  });

  it('finds a snapshot that is no replay', async () => {
    const ahead = snapshotIsReplay(
      async (bundle) => {
        const whole = await reduceStrictly(bundle);
        return bundle.events.map(() => whole);
      },
      reduceStrictly,
      options,
    );
    await expect(fc.assert(ahead, few)).rejects.toThrow('a snapshot differs from a replay');
  });

  it('finds a projection that keeps something outside of its state', () => {
    let events = 0;
    const forgetful = defineProjection({
      name: 'forgetful',
      reads: ['thread_started'],
      learns: [],
      initial: () => ({}),
      step(_state, _fact, emit) {
        events += 1;
        emit({ type: 'set_header', fields: { trace_id: `${events}` } });
      },
    });
    for (const law of [frozenIsLent, streamIsFold, chunking]) {
      expect(() => fc.assert(law(forgetful, options), few)).toThrow('difference');
    }
  });

  it('finds a projection that changes a fact', () => {
    const careless = defineProjection({
      name: 'careless',
      reads: ['thread_started'],
      learns: [],
      initial: () => ({}),
      step: (_state, fact) => void Object.assign(fact.body, { agent_path: '/other' }),
    });
    expect(() => fc.assert(frozenIsLent(careless, options), few)).toThrow('read only');
  });
});
