import fc from 'fast-check';
import { from, last, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/bundle/log-entry.js';
import { historyReplay } from '../../src/history-replay.js';
import type { WireInteger } from '../../src/model/integers.js';
import type { Reduction } from '../../src/streams/assemble.js';
import type { TraceHistory } from '../../src/streams/trace-history.js';
import type { OpenedBundle } from '../fuzz/bundle.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { anyMutant, subjects } from './subjects.js';

const historiesOf = (opened: OpenedBundle, every: number): Promise<readonly TraceHistory[]> =>
  lastValueFrom(historyReplay(from(opened.entries), opened, { every }).pipe(toArray()));

const historyOf = (opened: OpenedBundle, every: number): Promise<TraceHistory> =>
  lastValueFrom(historyReplay(from(opened.entries), opened, { every }).pipe(last()));

const prefix = (opened: OpenedBundle, events: number): Reduction =>
  reduceInMemory({ ...opened, entries: opened.entries.slice(0, events) }, { strict: false });

/** All that a reduction says, as values that can be compared. */
const told = (reduction: Reduction) => {
  const { diagnostics, unresolved } = reduction;
  return { text: printed(reduction), diagnostics, unresolved };
};

/** How many entries there are up to the last event at or before a number, and what cannot be read behind it. */
const countAt = (entries: readonly LogEntry[], seq: WireInteger): number => {
  let [count, before]: [number, WireInteger] = [0, 0];
  entries.forEach((entry, index) => {
    if (entry.type === 'event') before = entry.event.seq;
    if (before <= seq) count = index + 1;
  });
  return count;
};

const seqsIn = ({ entries }: OpenedBundle): readonly WireInteger[] =>
  entries.flatMap((entry) => (entry.type === 'event' ? [entry.event.seq] : []));

/** Some numbers up to a length, in any order, and some of them more than once. */
const anyOrder = (length: number, seed: number): readonly number[] =>
  fc.sample(fc.nat({ max: length }), { seed, numRuns: 12 });

describe('the history of a session', () => {
  const short = subjects.filter(({ opened }) => opened.entries.length <= 40);

  it('is, behind each event, the replay of the events so far', async () => {
    expect(new Set(short.map(({ opened }) => opened.manifest.schema_version))).toEqual(new Set([1, 2]));
    expect(short.length).toBeGreaterThan(300);
    for (const { opened, name } of short) {
      const history = await historyOf(opened, 5);
      expect(history.length).toBe(opened.entries.length);
      for (let events = history.length; events >= 0; events -= 1) {
        expect(told(history.after(events)), `${name}, ${events}`).toEqual(told(prefix(opened, events)));
      }
    }
  });

  it('is so in any order, wherever the checkpoints are, and whatever is wrong with the log', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyMutant,
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        async ({ opened }, every, seed) => {
          const history = await historyOf(opened, every);
          const seen = new Map<
            number,
            { readonly given: Reduction; readonly said: ReturnType<typeof told> }
          >();
          for (const events of anyOrder(opened.entries.length, seed)) {
            const given = history.after(events);
            const said = told(given);
            expect(said).toEqual(seen.get(events)?.said ?? told(prefix(opened, events)));
            seen.set(events, { given, said });
          }
          for (const { given, said } of seen.values()) expect(told(given)).toEqual(said);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  it('at a number is the replay up to the last event that is not beyond it', async () => {
    await fc.assert(
      fc.asyncProperty(anyMutant, async ({ opened }) => {
        const history = await historyOf(opened, 16);
        const seqs = seqsIn(opened);
        expect([history.firstSeq, history.lastSeq]).toEqual([seqs[0] ?? null, seqs.at(-1) ?? null]);
        for (const seq of [0, ...seqs.slice(0, 8), ...seqs.slice(-8), 2n ** 64n]) {
          const events = countAt(opened.entries, seq);
          expect(printed(history.at(seq))).toBe(printed(history.after(events)));
        }
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('stays as it was while the session goes on', async () => {
    for (const { opened } of short.slice(0, 100)) {
      const grown = await historiesOf(opened, 4);
      expect(grown.map(({ length }) => length)).toEqual([0, ...opened.entries.map((_, index) => index + 1)]);
      for (const { length, lastSeq, ...history } of grown) {
        expect(() => history.after(length + 1)).toThrow(RangeError);
        expect(lastSeq).toBe(seqsIn({ ...opened, entries: opened.entries.slice(0, length) }).at(-1) ?? null);
        expect(told(history.at(2n ** 64n))).toEqual(told(prefix(opened, length)));
      }
    }
  });
});
