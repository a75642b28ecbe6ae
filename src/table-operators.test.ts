import { from, map, type OperatorFunction } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { openInMemory } from '../test/fuzz/bundle.js';
import { carriedCases } from '../test/helpers/carried-cases.js';
import { usualManifest } from '../test/helpers/fold.js';
import { holdsInTime } from '../test/helpers/marbles.js';
import { eventsOf } from '../test/helpers/own-events.js';
import { memoryPayloadStore } from './bundle/memory-store.js';
import { describeProblem, TraceError } from './errors/trace-error.js';
import type { RawPayloadRef } from './model/payload-ref.js';
import { rawPayloads, threads, toolCalls } from './table-operators.js';

const recording = { manifest: usualManifest, payloads: memoryPayloadStore(new Map()) };
const event = (seq: number, payload: object) => ({
  schema_version: 1,
  seq,
  wall_time_unix_ms: 1000,
  rollout_id: 'rollout',
  payload,
});
const start = event(1, { type: 'rollout_started', trace_id: 'trace', root_thread_id: 'T1' });
const root = event(2, { type: 'thread_started', thread_id: 'T1', agent_path: '/root' });
const child = event(3, { type: 'thread_started', thread_id: 'T2', agent_path: '/root/a' });
const turn = event(4, { type: 'codex_turn_started', codex_turn_id: 'U1', thread_id: 'T1' });
const ids = map((table: { keys(): readonly string[] }) => table.keys());

describe('the operator of a table', () => {
  it('gives the table behind the first event, and then behind those that change it', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const events = cold('a-b-c-d|', { a: start, b: root, c: turn, d: child });
      expectObservable(events.pipe(threads(recording), ids)).toBe('a-b---d|', {
        a: [],
        b: ['T1'],
        d: ['T1', 'T2'],
      });
    });
  });

  it('gives nothing for a log without events', () => {
    holdsInTime(({ cold, expectObservable }) => {
      expectObservable(cold('--|').pipe(threads(recording), ids)).toBe('--|');
    });
  });

  it('starts anew with every subscription', () => {
    holdsInTime(({ hot, expectObservable }) => {
      const tables = hot('a-b-c|', { a: start, b: root, c: child }).pipe(threads(recording), ids);
      expectObservable(tables).toBe('a-b-c|', { a: [], b: ['T1'], c: ['T1', 'T2'] });
      expectObservable(tables, '---^').toBe('----c|', { c: ['T2'] });
    });
  });

  it('leaves its source when nobody listens any more', () => {
    holdsInTime(({ hot, expectObservable, expectSubscriptions }) => {
      const events = hot('a-b-c-', { a: start, b: root, c: child });
      expectObservable(events.pipe(threads(recording), ids), '^--!').toBe('a-b', { a: [], b: ['T1'] });
      expectSubscriptions(events.subscriptions).toBe('^--!');
    });
  });

  it('errors with a schema that nobody knows, and with its source', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const message = 'the recording has schema 3; this version reads 1 and 2';
      const unknown = new TraceError(
        describeProblem('schema_unsupported', message, { file: 'manifest.json' }),
      );
      const events = cold('a-#', { a: start }, 'broken');
      const future = { ...recording, manifest: { ...usualManifest, schema_version: 3 } };
      expectObservable(events.pipe(threads(future), ids)).toBe('#', {}, unknown);
      expectObservable(events.pipe(threads(recording), ids)).toBe('a-#', { a: [] }, 'broken');
    });
  });

  it('goes on behind an event that is none', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const events = cold('a-b-c|', { a: start, b: 'no event', c: root });
      expectObservable(events.pipe(threads(recording), ids)).toBe('a---c|', { a: [], c: ['T1'] });
    });
  });

  it('opens no payload that only stages below it read', () => {
    const found = carriedCases('schema-1').find(({ name }) => name === 'term-protocol');
    if (!found) throw new Error('no such case');
    const files = new Map([...found.files].map(([file, content]) => [file, Buffer.from(content)]));
    const opened = openInMemory(files);
    const readBy = (operator: typeof rawPayloads | typeof toolCalls): number => {
      const read = new Set<string>();
      const payloads = {
        readNow(ref: RawPayloadRef) {
          read.add(ref.path);
          return opened.payloads.readNow(ref);
        },
      };
      const toTables: OperatorFunction<unknown, unknown> = operator({ manifest: opened.manifest, payloads });
      from(eventsOf(opened)).pipe(toTables).subscribe();
      return read.size;
    };
    expect(readBy(rawPayloads)).toBe(0);
    expect(readBy(toolCalls)).toBeGreaterThan(0);
  });
});
