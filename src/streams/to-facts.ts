import { concatMap, from, map, type OperatorFunction } from 'rxjs';
import type { LogEntry } from '../bundle/log-entry.js';
import {
  payloadHandle,
  type PayloadByteStore,
  type PayloadStore,
  type SyncPayloadStore,
} from '../bundle/payload.js';
import type { Problem } from '../errors/trace-error.js';
import type { EventSource } from '../facts/event-source.js';
import type { Fact, RawFact } from '../facts/facts.js';
import { payloadRef } from '../model/event-payloads.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { RawTraceEvent } from '../model/raw-event.js';

/**
 * Turns the entries of the log into facts, in their order, each event with a handle on its payload. From
 * a synchronous store the payload is read when a step asks for it; from an asynchronous one it is loaded
 * before the event goes on, and an error waits in the handle until a step asks.
 */
export const toFacts = (store: PayloadStore): OperatorFunction<LogEntry, Fact> =>
  'readNow' in store
    ? map(factNow(store))
    : concatMap((entry) => {
        if (entry.type === 'problem') return [unreadableLine(entry)];
        const ref = payloadRef(entry.event.payload);
        if (!ref) return [rawFact(entry.event, entry.line, () => '')];
        const loaded = store.load(ref).then(
          (text) => () => text,
          (error: unknown) => () => {
            throw error;
          },
        );
        return from(loaded.then((text) => rawFact(entry.event, entry.line, text)));
      });

/** Turns an entry into a fact, whose payload is read when a step asks for it. */
export const factNow =
  (store: SyncPayloadStore) =>
  (entry: LogEntry): Fact =>
    entry.type === 'problem'
      ? unreadableLine(entry)
      : rawFact(entry.event, entry.line, (ref) => store.readNow(ref), store.bytes);

const unreadableLine = ({ problem }: { readonly problem: Problem }): Fact => ({
  type: 'unreadable_line',
  problem,
});

const rawFact = (
  event: RawTraceEvent,
  line: number,
  readText: (ref: RawPayloadRef) => string,
  byteStore?: PayloadByteStore,
): RawFact => {
  const at: EventSource = {
    seq: event.seq,
    time: event.wall_time_unix_ms,
    line,
    thread: event.thread_id ?? null,
    turn: event.codex_turn_id ?? null,
  };
  const ref = payloadRef(event.payload);
  const payload = ref && payloadHandle(ref, at, () => readText(ref), byteStore);
  // The type of a fact is that of its body: a pairing that TypeScript cannot follow through the union.
  return { type: event.payload.type, at, envelope: event, body: event.payload, payload } as RawFact;
};
