import { from, lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { threadStarted } from '../test/helpers/facts.js';
import { usualManifest } from '../test/helpers/fold.js';
import { holdsInTime } from '../test/helpers/marbles.js';
import { memoryPayloadStore } from './bundle/memory-store.js';
import { describeProblem, TraceError } from './errors/trace-error.js';
import { reduceEvents } from './reduce-events.js';
import { reduceLive } from './reduce-live.js';
import { select } from './streams/select.js';
import { defineOwnProjection } from './views/own-projection.js';

const payloads = memoryPayloadStore(new Map());
const bodies = [
  { type: 'rollout_started', trace_id: 'trace', root_thread_id: 'T1' },
  { ...threadStarted().body, metadata_payload: null },
  { type: 'thread_started', thread_id: 'T2', agent_path: '/root/a' },
  { type: 'thread_ended', thread_id: 'T2', status: 'completed' },
];
const [begun, first, second, ended] = bodies.map((payload, index) => ({
  schema_version: 1,
  seq: index + 1,
  wall_time_unix_ms: 1000,
  rollout_id: 'rollout',
  payload,
}));

const paths = defineOwnProjection({
  reads: ['thread_appeared'],
  initial: () => ({ seen: [] as string[] }),
  step({ seen }, { agent_path }) {
    seen.push(agent_path);
  },
});

describe('a live reduction', () => {
  it('gives a snapshot behind each event, of which slices can be selected', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const events = cold('a-b-c-d|', { a: begun, b: first, c: second, d: ended });
      const sizes = reduceLive(events, usualManifest, { payloads }).pipe(
        select(({ trace }) => trace.threads.size),
      );
      expectObservable(sizes).toBe('a-b-c--|', { a: 0, b: 1, c: 2 });
    });
  });

  it('shows what projections of a user come to, only changed where they changed', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const events = cold('a-b-c-d|', { a: begun, b: first, c: second, d: ended });
      const views = reduceLive(events, usualManifest, { payloads, projections: { paths } }).pipe(
        select((snapshot) => snapshot.views),
      );
      expectObservable(views).toBe('a-b-c--|', {
        a: { paths: { seen: [] } },
        b: { paths: { seen: ['/root'] } },
        c: { paths: { seen: ['/root', '/root/a'] } },
      });
    });
  });

  it('errors with a schema that nobody knows, and with its source', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const message = 'the recording has schema 3; this version reads 1 and 2';
      const unknown = new TraceError(
        describeProblem('schema_unsupported', message, { file: 'manifest.json' }),
      );
      const events = cold('--#', {}, 'broken');
      const future = { ...usualManifest, schema_version: 3 };
      expectObservable(reduceLive(events, future, { payloads })).toBe('#', {}, unknown);
      expectObservable(reduceLive(events, usualManifest, { payloads })).toBe('--#', {}, 'broken');
    });
  });
});

describe('a reduction of all events', () => {
  const events$ = from([begun, first, second]);

  it('tells at its end what projections of a user came to', async () => {
    const { views } = await reduceEvents(events$, usualManifest, { payloads, projections: { paths } });
    expect(views).toEqual({ paths: { seen: ['/root', '/root/a'] } });
    const live$ = reduceLive(events$, usualManifest, { payloads, projections: { paths } });
    expect((await lastValueFrom(live$)).views).toEqual(views);
  });

  it('rejects with what a projection throws', async () => {
    const picky = defineOwnProjection({
      reads: ['thread_started'],
      initial: () => ({}),
      step(_, { at }) {
        throw new RangeError(`nothing starts at ${at.seq}`);
      },
    });
    const reduced = reduceEvents(events$, usualManifest, { payloads, projections: { picky } });
    await expect(reduced).rejects.toThrow(new RangeError('nothing starts at 2'));
  });
});
