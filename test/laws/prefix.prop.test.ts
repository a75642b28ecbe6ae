import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/errors/trace-error.js';
import { tableNames } from '../../src/model/rollout-trace.js';
import { rulesFor } from '../../src/schemas/index.js';
import type { Reduction } from '../../src/streams/assemble.js';
import type { OpenedBundle } from '../fuzz/bundle.js';
import { reduceInMemory } from '../helpers/cascade.js';
import { anyMutant, subjects } from './subjects.js';

/** The recording as it stood after so many lines. */
const upTo = (opened: OpenedBundle, lines: number): OpenedBundle => ({
  ...opened,
  entries: opened.entries.slice(0, lines),
});

const reduce = (opened: OpenedBundle, strict: boolean): Reduction => reduceInMemory(opened, { strict });

/** Some prefixes of a long log, all of a short one. */
const lengthsOf = ({ entries }: OpenedBundle): number[] => {
  const step = Math.ceil(entries.length / 12);
  return Array.from({ length: Math.ceil(entries.length / step) }, (_, index) => index * step);
};

/**
 * The problems that come with an event. Those of evidence that nobody reads come with the end of the log,
 * because a later event may replace it.
 */
const ofEvents = ({ manifest }: OpenedBundle, { diagnostics }: Reduction): readonly Problem[] =>
  rulesFor(manifest.schema_version).isSealed
    ? diagnostics.filter(({ code }) => !code.startsWith('payload_'))
    : diagnostics;

/** Rows of other tables stay; a terminal session is none when nobody uses it any more. */
const lastingTables = tableNames.filter((table) => table !== 'terminal_sessions');

const isAccepted = (opened: OpenedBundle): boolean => reduce(opened, false).diagnostics.length === 0;

describe('a recording that stops early', () => {
  it('is accepted where the whole is', () => {
    const accepted = subjects.filter(({ opened }) => isAccepted(opened));
    expect(accepted.length).toBeGreaterThan(50);
    for (const { name, opened } of accepted) {
      for (const lines of lengthsOf(opened)) {
        const part = reduce(upTo(opened, lines), false);
        expect(ofEvents(opened, part), `${name}, ${lines} lines`).toEqual([]);
      }
    }
  });

  it('has the first problems of the whole, and no row that the whole has not', () => {
    fc.assert(
      fc.property(anyMutant, fc.nat({ max: 1000 }), ({ opened }, share) => {
        const lines = Math.floor((opened.entries.length * share) / 1000);
        const part = reduce(upTo(opened, lines), false);
        const whole = reduce(opened, false);
        const problems = ofEvents(opened, part);
        expect(ofEvents(opened, whole).slice(0, problems.length)).toEqual(problems);
        for (const table of lastingTables) {
          const missing = part.trace[table].keys().filter((id) => !whole.trace[table].has(id));
          expect(missing, table).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
