import { from, toArray, lastValueFrom } from 'rxjs';
import { memoryPayloadStore } from '../bundle/memory-store.js';
import type { LogEntry } from '../bundle/log-entry.js';
import type { Fact } from '../facts/facts.js';
import { reduceEvents } from '../reduce-events.js';
import { reduceLive } from '../reduce-live.js';
import { BATCH, stagesOf } from '../replay.js';
import { connectCascade } from '../streams/connect-cascade.js';
import { streams } from '../streams/drivers.js';
import { inBatches } from '../streams/in-batches.js';
import { toFacts } from '../streams/to-facts.js';
import { printTrace } from '../trace/print.js';
import type { SessionBundle } from './bundle.js';

/** Reduces a recording to the text of its graph, as any reducer can. */
export type Reduce = (bundle: SessionBundle) => string | Promise<string>;

/** This package as a reducer. Rejects at the first problem. */
export const reduceStrictly = async ({ manifest, events, payloads }: SessionBundle): Promise<string> => {
  const store = memoryPayloadStore(payloads);
  const { trace } = await reduceEvents(from(events), manifest, { payloads: store, strict: true });
  return [...printTrace(trace)].join('');
};

/** A reducer that goes along with a log: the text of its graph behind each event. */
export type ReduceLive = (bundle: SessionBundle) => Promise<readonly string[]>;

/** This package as such a reducer. */
export const reduceStepwise = async ({
  manifest,
  events,
  payloads,
}: SessionBundle): Promise<readonly string[]> => {
  const snapshots$ = reduceLive(from(events), manifest, { payloads: memoryPayloadStore(payloads) });
  const snapshots = await lastValueFrom(snapshots$.pipe(toArray()));
  return snapshots.map(({ trace }) => [...printTrace(trace)].join(''));
};

/** All facts of a recording: its events, and behind each what the stages of a replay make of it. */
export const factsOf = ({ manifest, events, payloads }: SessionBundle): readonly Fact[] => {
  const facts: Fact[] = [];
  const entries = events.map((event, index): LogEntry => ({ type: 'event', line: index + 1, event }));
  from(entries)
    .pipe(
      toFacts(memoryPayloadStore(payloads)),
      inBatches({ of: BATCH }),
      connectCascade(...stagesOf(manifest, streams)),
    )
    .subscribe((batch) => facts.push(...batch.facts));
  return facts;
};
