import { Subject } from 'rxjs';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { LogEntry } from '../src/bundle/log-entry.js';
import { memoryPayloadStore } from '../src/bundle/memory-store.js';
import { liveReplay } from '../src/live-replay.js';
import { lookedAt, type Burst } from '../src/streams/bursts.js';
import type { TraceSnapshot } from '../src/streams/snapshots.js';
import { usualManifest } from './helpers/fold.js';
import { collectGarbage, held } from './helpers/garbage.js';

/** A thread in which turns begin and end, with no end of their own. */
const turnEvents = function* (): Iterable<LogEntry> {
  const thread_id = usualManifest.root_thread_id;
  for (let turn = 0, seq = 1; ; turn += 1) {
    const codex_turn_id = `turn ${turn}`;
    const payloads = [
      { type: 'codex_turn_started', codex_turn_id, thread_id },
      { type: 'codex_turn_ended', codex_turn_id, status: 'completed' },
    ] as const;
    for (const payload of payloads) {
      const where = { rollout_id: usualManifest.rollout_id, thread_id, codex_turn_id };
      const event = { schema_version: 1, seq, wall_time_unix_ms: seq, ...where, payload } as const;
      yield { type: 'event', line: seq, event };
      seq += 1;
    }
  }
};

const payloads = memoryPayloadStore(new Map());
const SNAPSHOTS = 20_000;

it('keeps no snapshot that nobody else keeps', async () => {
  const bursts$ = new Subject<Burst>();
  const given: WeakRef<TraceSnapshot['trace']>[] = [];
  liveReplay(bursts$, usualManifest).subscribe(({ trace }) => void given.push(new WeakRef(trace)));
  for (const entry of turnEvents()) {
    bursts$.next(lookedAt([entry], payloads));
    // What a weak reference was made of stays until the turn of the event loop has ended.
    if (given.length % 1000 === 0) await setImmediate();
    if (given.length === SNAPSHOTS) break;
  }
  // The last one is given out again while nothing changes.
  expect(await held(given)).toBeLessThanOrEqual(1);
  expect(given).toHaveLength(SNAPSHOTS);
  bursts$.next(lookedAt([], payloads));
  expect(given.at(-1)?.deref()?.codex_turns.size).toBe(SNAPSHOTS / 2);
});

it('shows a session in hardly more memory than it takes without snapshots', () => {
  const heapOf = (burst: number): number => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const bursts$ = new Subject<Burst>();
    const latest: { snapshot?: TraceSnapshot } = {};
    liveReplay(bursts$, usualManifest).subscribe((snapshot) => (latest.snapshot = snapshot));
    let entries: LogEntry[] = [];
    let count = 0;
    for (const entry of turnEvents()) {
      entries.push(entry);
      count += 1;
      if (entries.length === burst) {
        bursts$.next(lookedAt(entries, payloads));
        entries = [];
      }
      if (count === SNAPSHOTS) break;
    }
    collectGarbage();
    const used = process.memoryUsage().heapUsed - before;
    expect(latest.snapshot?.trace.codex_turns.size).toBe(SNAPSHOTS / 2);
    return used;
  };
  heapOf(SNAPSHOTS);
  expect(heapOf(1)).toBeLessThan(1.2 * heapOf(SNAPSHOTS));
});
