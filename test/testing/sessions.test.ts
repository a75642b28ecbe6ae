import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTypesOf } from '../../src/model/common-events.js';
import { schema1Events } from '../../src/model/schema-1-events.js';
import { schema2Events } from '../../src/model/schema-2-events.js';
import { checkBundle, replayBundle } from '../../src/node/index.js';
import { bundleOf, reduceStrictly, sessions, type Session } from '../../src/testing/index.js';
import { writeBundle } from '../../src/testing/node/index.js';
import { printed } from '../helpers/cascade.js';

const typesOf = (session: Session): readonly string[] =>
  bundleOf(session).events.map(({ payload }) => payload.type);

/** Types of event that a schema knows, without the one that stands for unknown ones. */
const known = { 1: schema1Events, 2: schema2Events } as const;

const withFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollout-trace-'));
  try {
    return await use(path.join(folder, 'bundle'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe.each([1, 2] as const)('sessions of schema %i', (schema) => {
  const drawn = fc.sample(sessions({ schema }), { seed: 1, numRuns: 400 });

  it('are accepted in strict mode, and leave nothing wrong', async () => {
    for (const session of drawn.slice(0, 150))
      await expect(reduceStrictly(bundleOf(session))).resolves.not.toBe('');
  });

  it('have every type of event', () => {
    const types = new Set<string>(eventTypesOf(known[schema]));
    types.delete('other');
    expect(new Set(drawn.flatMap(typesOf))).toEqual(types);
  });

  it('are long and short, whole and broken off', () => {
    const lengths = drawn.map((session) => typesOf(session).length);
    expect(Math.min(...lengths)).toBeLessThan(6);
    expect(Math.max(...lengths)).toBeGreaterThan(100);
    const whole = drawn.filter((session) => typesOf(session).includes('rollout_ended')).length;
    expect(whole).toBeGreaterThan(200);
    expect(whole).toBeLessThan(400);
  });

  it('have code cells that start before the item with their source, where they are asked for', () => {
    const early = drawn.filter((session) => {
      const types = typesOf(session);
      const start = types.indexOf('code_cell_started');
      return start !== -1 && start < types.indexOf('inference_completed');
    });
    expect(early.length).toBeGreaterThan(10);
  });

  it('give the same recording each time', () => {
    for (const session of drawn.slice(0, 20)) expect(bundleOf(session)).toEqual(bundleOf(session));
  });

  it('shrink to one call of one exchange', () => {
    const result = fc.check(
      fc.property(sessions({ schema }), (session) => !typesOf(session).includes('thread_ended')),
      { seed: 1 },
    );
    expect(result.counterexample?.[0]).toEqual({
      schema,
      turns: [{ prompt: 'a', steps: [], end: 'completed' }],
      end: 'completed',
      crashAfter: null,
    });
    const withChild = fc.check(
      fc.property(
        sessions({ schema, crashes: false }),
        (session) => !typesOf(session).includes('agent_result_observed'),
      ),
      { seed: 1 },
    );
    const [smallest] = withChild.counterexample ?? [];
    // A turn in which nothing happens may be left behind it.
    expect(smallest?.turns.flatMap(({ steps }) => steps)).toEqual([
      expect.objectContaining({
        calls: [expect.objectContaining({ type: 'spawn', turn: expect.objectContaining({ steps: [] }) })],
        reasoning: null,
        text: null,
        early: false,
      }),
    ]);
  });

  it('are bundles on disk as well', async () => {
    for (const session of drawn.slice(0, 10)) {
      const bundle = bundleOf(session);
      await withFolder(async (folder) => {
        writeBundle(folder, bundle);
        const reduction = await replayBundle(folder, { strict: true });
        expect(printed(reduction)).toBe(await reduceStrictly(bundle));
        const { findings } = await checkBundle(folder);
        expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      });
    }
  });
});
