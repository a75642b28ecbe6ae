/** Measures one bundle at one size, in a process of its own: `measure-events.ts DIR SCHEMA ROWS`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { map, Subject } from 'rxjs';
import type { LogEntry } from '../../dist/bundle/log-entry.js';
import type { SyncPayloadStore } from '../../dist/bundle/payload.js';
import { readLine } from '../../dist/bundle/read-line.js';
import { liveReplay } from '../../dist/live-replay.js';
import { tableNames } from '../../dist/model/rollout-trace.js';
import { openBundle } from '../../dist/node/open-bundle.js';
import { rulesFor } from '../../dist/schemas/index.js';
import { lookedAt } from '../../dist/streams/bursts.js';
import type { TraceSnapshot } from '../../dist/streams/snapshots.js';
import type { SchemaVersion } from '../generate/options.js';
import { LiveSession } from './live-session.js';
import type { EventSample } from './samples.js';

const TURNS = 50;
/** Rows of the sessions on which the code gets warm, and how many of them. */
const WARM_UP = { rows: 500, rounds: 20 } as const;
const BURST = 200;

const [directory = '', schemaText = '', rowsText = ''] = process.argv.slice(2);
const schema: SchemaVersion = schemaText === '2' ? 2 : 1;
const rows = Number(rowsText);
const { manifest, payloads: onDisk } = openBundle(directory);
const { event: eventSchema } = rulesFor(schema);
const lines = readFileSync(join(directory, 'trace.jsonl'), 'utf8').split('\n');

const parsed = (text: string, line: number): LogEntry => {
  const entry = readLine(eventSchema, text, { line, complete: true });
  if (entry?.type !== 'event') throw new Error(`not an event: ${text}`);
  return entry;
};

/** The session so far: as many bursts of its log as it takes to have this many rows. */
const startWith = (wanted: number) => {
  const memory = new Map<string, Buffer>();
  const payloads: SyncPayloadStore = {
    readNow: (ref) => memory.get(ref.path)?.toString() ?? onDisk.readNow(ref),
    bytes: {
      ...onDisk.bytes,
      readNow: (ref) => memory.get(ref.path) ?? onDisk.bytes?.readNow(ref) ?? Buffer.alloc(0),
      decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
    },
  };
  const bursts$ = new Subject<readonly LogEntry[]>();
  const seen: { latest: TraceSnapshot | undefined } = { latest: undefined };
  liveReplay(bursts$.pipe(map((entries) => lookedAt(entries, payloads))), manifest).subscribe(
    (snapshot) => (seen.latest = snapshot),
  );
  const count = (): number => tableNames.reduce((sum, name) => sum + (seen.latest?.trace[name].size ?? 0), 0);
  let line = 0;
  while (count() < wanted) {
    const burst = lines.slice(line, line + BURST).filter((text) => text !== '');
    if (burst.length === 0) throw new Error(`the bundle has only ${count()} rows`);
    bursts$.next(burst.map((text, index) => parsed(text, line + index + 1)));
    line += burst.length;
  }
  return { bursts$, memory, seen, line };
};

const samples: EventSample[] = [];
let kept: unknown;

const micros = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1000;

const timed = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return micros(start);
};

const round = (size: number, report: boolean): void => {
  const { bursts$, memory, seen, line } = startWith(size);
  const session = new LiveSession(schema, manifest.root_thread_id, line);
  // The first request of a session repeats nothing yet.
  const [first = [], ...turns] = Array.from({ length: TURNS + 1 }, () => [...session.turn()]);
  const events = turns.flat();
  for (const { payload } of [...first, ...events]) {
    if (payload) memory.set(payload.path, Buffer.from(payload.text));
  }
  let at = line;
  const next = (text: string) => {
    const start = process.hrtime.bigint();
    const entry = parsed(text, (at += 1));
    const read = micros(start);
    bursts$.next([entry]);
    return { micros: micros(start), read };
  };
  const problems = seen.latest?.diagnostics.length ?? 0;
  for (const event of first) next(event.line);
  // What was made for the measurement is not the garbage of the reduction.
  globalThis.gc?.();
  const costs = events.map((event) => next(event.line));
  const found = seen.latest?.diagnostics ?? [];
  if (found.length > problems) throw new Error(`unexpected problem: ${found.at(-1)?.message}`);
  bursts$.complete();
  if (!report) return;
  for (const [index, { kind, class: of, line: text, payload }] of events.entries()) {
    const floor = timed(() => {
      kept = JSON.parse(text);
      if (payload) kept = JSON.parse(payload.text);
    });
    samples.push({ kind, class: of, ...(costs[index] ?? { micros: NaN, read: NaN }), floor });
  }
};

for (let warm = 0; warm < WARM_UP.rounds; warm += 1) round(WARM_UP.rows, false);
const rounds = rows < 5000 ? 6 : 3;
for (let index = 0; index < rounds; index += 1) round(rows, true);
if (kept === undefined) throw new Error('nothing was measured');
process.send?.(samples);
