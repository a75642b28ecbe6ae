import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableNames, type RolloutTrace } from '../../src/model/rollout-trace.js';
import { traceBuilder } from '../../src/trace/trace-builder.js';
import { headerOf } from '../../src/replay.js';
import { factsOf, printed, reduceInMemory } from '../helpers/cascade.js';
import { isWrite } from '../../src/facts/writes.js';
import { subjects, type Subject } from './subjects.js';

/** The snapshots at some moments of a reduction, given as shares of all its writes, and the one at the end. */
const snapshotsOf = ({ opened }: Subject, moments: readonly number[]): Snapshot[] => {
  const builder = traceBuilder(headerOf(opened.manifest));
  const snapshots: Snapshot[] = [];
  let touched = new Set<string>();
  const take = (): void => {
    const trace = builder.snapshot();
    snapshots.push({ trace, text: printed({ trace }), touched });
    touched = new Set();
  };
  const writes = factsOf(opened).filter(isWrite);
  const taken = new Set(moments.map((share) => Math.floor(share * writes.length)));
  for (const [index, write] of writes.entries()) {
    if (taken.has(index)) take();
    builder.apply(write);
    if (write.type !== 'set_header') touched.add(`${write.table} ${write.id}`).add(write.table);
  }
  take();
  return snapshots;
};

interface Snapshot {
  readonly trace: RolloutTrace;
  /** What it printed when it was taken. */
  readonly text: string;
  /** Tables, and rows, that were written to since the snapshot before. */
  readonly touched: ReadonlySet<string>;
}

const anySubject = fc.constantFrom(...subjects);
const anyMoments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });

it('never changes a snapshot that it gave out', () => {
  fc.assert(
    fc.property(anySubject, anyMoments, (subject, moments) => {
      for (const { trace, text } of snapshotsOf(subject, moments)) expect(printed({ trace })).toBe(text);
    }),
    { seed: 1, numRuns: 150 },
  );
});

it('ends in the same trace, whether snapshots were taken on the way or not', () => {
  fc.assert(
    fc.property(anySubject, anyMoments, (subject, moments) => {
      const whole = reduceInMemory(subject.opened, { strict: false });
      expect(snapshotsOf(subject, moments).at(-1)?.text).toBe(printed(whole));
    }),
    { seed: 2, numRuns: 150 },
  );
});

it('shares what was not written to between two snapshots: whole tables, and rows', () => {
  fc.assert(
    fc.property(anySubject, anyMoments, (subject, moments) => {
      const snapshots = snapshotsOf(subject, moments);
      for (const [index, { trace, touched }] of snapshots.entries()) {
        const before = snapshots[index - 1]?.trace;
        if (!before) continue;
        for (const table of tableNames) {
          if (!touched.has(table)) expect(trace[table]).toBe(before[table]);
          for (const [id, row] of before[table]) {
            if (!touched.has(`${table} ${id}`)) expect(trace[table].get(id)).toBe(row);
          }
        }
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});
