import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableNames } from '../../src/model/rollout-trace.js';
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

const isAccepted = (opened: OpenedBundle): boolean => reduce(opened, false).diagnostics.length === 0;

describe('a recording that stops early', () => {
  it('is accepted where the whole is', () => {
    const accepted = subjects.filter(({ opened }) => isAccepted(opened));
    expect(accepted.length).toBeGreaterThan(50);
    for (const { name, opened } of accepted) {
      for (const lines of lengthsOf(opened)) {
        expect(() => reduce(upTo(opened, lines), true), `${name}, ${lines} lines`).not.toThrow();
      }
    }
  });

  it('has the first problems of the whole, and no row that the whole has not', () => {
    fc.assert(
      fc.property(anyMutant, fc.nat({ max: 1000 }), ({ opened }, share) => {
        const lines = Math.floor((opened.entries.length * share) / 1000);
        const part = reduce(upTo(opened, lines), false);
        const whole = reduce(opened, false);
        expect(whole.diagnostics.slice(0, part.diagnostics.length)).toEqual(part.diagnostics);
        for (const table of tableNames) {
          const missing = part.trace[table].keys().filter((id) => !whole.trace[table].has(id));
          expect(missing, table).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
