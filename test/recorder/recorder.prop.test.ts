import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checkBundle } from '../../src/node/index.js';
import { recorderCalls } from './calls.js';
import { Host } from './host.js';
import { graphOf, recorded } from './trace-root.js';

/** Rows of each table that a host counts. */
const sizesOf = async (bundle: string | null, { expected }: Host) => {
  const graph = await graphOf(bundle);
  return Object.fromEntries(
    (Object.keys(expected) as (keyof typeof expected)[]).map((table) => [table, graph[table].size]),
  );
};

it.each([1, 2] as const)('leaves a sound bundle of schema %i, whatever a host calls', async (schema) => {
  await fc.assert(
    fc.asyncProperty(recorderCalls, async (calls) => {
      const { root } = recorded({ schema });
      const host = new Host(root, schema);
      for (const call of calls) host.make(call);
      expect(await sizesOf(root.bundle, host)).toEqual(host.expected);
      const before = await checkBundle(root.bundle ?? '');
      root.ended();
      root.close();
      for (const call of calls) new Host(root, schema).make(call);
      const { findings, counts } = await checkBundle(root.bundle ?? '');
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      // The ends of the root, of the rollout, and of the recording, which only schema 2 has.
      expect((counts?.events ?? 0) - (before.counts?.events ?? 0)).toBe(schema === 2 ? 3 : 2);
    }),
    { numRuns: 50 },
  );
});

it('gives the calls of many agents at the same time one order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(recorderCalls, { minLength: 2, maxLength: 6 }), async (agents) => {
      const { root } = recorded();
      const host = new Host(root, 2);
      const act = async (calls: (typeof agents)[number]): Promise<void> => {
        for (const call of calls) {
          host.make(call);
          if (call.at % 2 === 0) await nextTurn();
        }
      };
      await Promise.all(agents.map(act));
      expect(await sizesOf(root.bundle, host)).toEqual(host.expected);
    }),
    { numRuns: 12 },
  );
});
