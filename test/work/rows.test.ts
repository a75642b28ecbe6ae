import { Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { liveReplay } from '../../src/live-replay.js';
import { tableNames, type RolloutTrace } from '../../src/model/rollout-trace.js';
import { lookedAt, type Burst } from '../../src/streams/bursts.js';
import type { TraceSnapshot } from '../../src/streams/snapshots.js';
import { openInMemory } from '../fuzz/bundle.js';
import { countingStore, generatedFiles, parsedDuring } from './counting.js';

const session = (schema: 1 | 2, events: number) =>
  openInMemory(generatedFiles({ schema, mode: 'full', events, compactEvery: 4, cellShare: 0.2 }));

/** Ids of rows that are other objects than before, or were not there. */
const replacedRows = (before: RolloutTrace, now: RolloutTrace) =>
  tableNames.flatMap((table) => {
    if (now[table] === before[table]) return [];
    return now[table]
      .keys()
      .filter((id) => now[table].get(id) !== before[table].get(id))
      .map((id) => `${table} ${id}`);
  });

/** The snapshot behind each event of a session, with the one before. */
const follow = function* ({ entries, manifest, payloads }: ReturnType<typeof session>) {
  const bursts$ = new Subject<Burst>();
  const seen: TraceSnapshot[] = [];
  liveReplay(bursts$, manifest).subscribe((snapshot) => void seen.push(snapshot));
  bursts$.next(lookedAt([], payloads));
  for (const entry of entries) {
    bursts$.next(lookedAt([entry], payloads));
    const [before, now] = seen.splice(0, 1).concat(seen);
    if (!before || !now) throw new Error('an event was not followed by a snapshot');
    yield { before, now };
  }
};

it.each([1, 2] as const)('copies the rows that an event changes and no others, in schema %i', (schema) => {
  for (const { before, now } of follow(session(schema, 300))) {
    const { trace, changes } = now;
    const told = [...changes].flatMap(([table, ids]) => ids.map((id) => `${table} ${id}`));
    expect(told).toEqual(expect.arrayContaining(replacedRows(before.trace, trace)));
    const untouched = tableNames.filter((table) => !changes.has(table));
    expect(untouched.filter((table) => trace[table] !== before.trace[table])).toEqual([]);
  }
});

it.each([1, 2] as const)('changes no more rows for an event late in a session of schema %i', (schema) => {
  const rowsPerEvent = (events: number): number => {
    const counts = [...follow(session(schema, events))].map(({ now }) =>
      [...now.changes.values()].reduce((sum, ids) => sum + ids.length, 0),
    );
    return counts.reduce((sum, count) => sum + count, 0) / counts.length;
  };
  const early = rowsPerEvent(200);
  expect(early).toBeLessThan(5);
  expect(rowsPerEvent(600)).toBeLessThan(1.1 * early);
});

it.each([1, 2] as const)('does nothing where nothing was appended, in schema %i', (schema) => {
  const { entries, manifest, payloads } = session(schema, 200);
  const { opened, store } = countingStore(payloads);
  const bursts$ = new Subject<Burst>();
  const seen: TraceSnapshot[] = [];
  liveReplay(bursts$, manifest).subscribe((snapshot) => void seen.push(snapshot));
  bursts$.next(lookedAt(entries, store));
  opened.length = 0;
  const { parsed } = parsedDuring(() => bursts$.next(lookedAt([], store)));
  const [first, second] = seen;
  expect(parsed).toEqual([]);
  expect(opened).toEqual([]);
  expect(second?.trace).toBe(first?.trace);
  expect(second?.changes.size).toBe(0);
});
