import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/bundle/log-entry.js';
import { liveReplay } from '../../src/live-replay.js';
import { tableNames } from '../../src/model/rollout-trace.js';
import { lookedAt } from '../../src/streams/bursts.js';
import type { TraceSnapshot } from '../../src/streams/snapshots.js';
import type { OpenedBundle } from '../fuzz/bundle.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { anyMutant, subjects } from './subjects.js';

/** The snapshots of a log that comes in these bursts. */
const follow = (opened: OpenedBundle, bursts: readonly (readonly LogEntry[])[]): readonly TraceSnapshot[] => {
  const seen: TraceSnapshot[] = [];
  const bursts$ = from(bursts.map((entries) => lookedAt(entries, opened.payloads)));
  liveReplay(bursts$, opened.manifest).subscribe((snapshot) => void seen.push(snapshot));
  return seen;
};

/** Entries in bursts of these sizes, over and over; a burst may be empty. */
const inBursts = (
  entries: readonly LogEntry[],
  sizes: readonly number[],
): readonly (readonly LogEntry[])[] => {
  const bursts: (readonly LogEntry[])[] = [];
  for (let at = 0, turn = 0; at < entries.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    bursts.push(entries.slice(at, at + size));
    at += size;
  }
  return bursts;
};

/** Each snapshot is what a replay of the log so far gives, and stays so. */
const holdsEverywhere = (opened: OpenedBundle, bursts: readonly (readonly LogEntry[])[]): void => {
  const seen = follow(opened, bursts);
  expect(seen).toHaveLength(bursts.length);
  const texts = seen.map(printed);
  let lines = 0;
  seen.forEach((snapshot, index) => {
    lines += bursts[index]?.length ?? 0;
    const whole = reduceInMemory({ ...opened, entries: opened.entries.slice(0, lines) }, { strict: false });
    expect(texts[index]).toBe(printed(whole));
    expect(snapshot.diagnostics).toEqual(whole.diagnostics);
    expect(snapshot.pending).toEqual(whole.unresolved);
  });
  expect(seen.map(printed)).toEqual(texts);
};

const holdsUnchanged = ({ trace, changes }: TraceSnapshot, before: TraceSnapshot | undefined): void => {
  for (const name of tableNames) {
    const changed = new Set(changes.get(name));
    if (changed.size === 0) expect(trace[name]).toBe(before?.trace[name]);
    for (const [id, row] of trace[name]) {
      if (!changed.has(id)) expect(row).toBe(before?.trace[name].get(id));
    }
  }
};

describe('a snapshot of a log that goes on', () => {
  const short = subjects.filter(({ opened }) => opened.entries.length <= 40);

  it('is the replay of the log so far, line by line', () => {
    expect(short.length).toBeGreaterThan(300);
    for (const { opened } of short) {
      holdsEverywhere(
        opened,
        opened.entries.map((entry) => [entry]),
      );
    }
  });

  it('is so whatever comes at a time, and whatever is wrong with it', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 4 });
    const someSizes = sizes.filter((list) => list.some((size) => size > 0));
    fc.assert(
      fc.property(anyMutant, someSizes, ({ opened }, list) => {
        holdsEverywhere(opened, inBursts(opened.entries, list));
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('shares every row and table that it does not name as changed', () => {
    for (const { opened } of short.slice(0, 100)) {
      const seen = follow(
        opened,
        opened.entries.map((entry) => [entry]),
      );
      seen.slice(1).forEach((snapshot, index) => holdsUnchanged(snapshot, seen[index]));
    }
  });
});
