import { Subject } from 'rxjs';
import {
  EventLine,
  readManifest,
  reduceHistory,
  type LinePosition,
  type Manifest,
  type TraceHistory,
} from 'rollout-trace';
import { eventIndex, type EventIndex } from './event-index.js';
import type { Frame } from './frames.js';
import { packedPayloads, type PackedPayloads } from './payloads.js';
import { parseEvent } from './parse-event.js';

/** One recording: its history so far, and the evidence that it was made from. */
export interface Session {
  readonly manifest: Manifest;
  readonly payloads: PackedPayloads;
  readonly events: EventIndex;
  readonly history: TraceHistory;
  /** Takes a line of the log; undefined is one that is not UTF-8. */
  take(line: string | undefined, position: LinePosition): void;
}

/** A byte order mark is no part of JSON, and a problem. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Throws `manifest_unreadable` and `schema_unsupported`. */
const newSession = (manifestText: string): Session => {
  const manifest = readManifest(manifestText);
  const payloads = packedPayloads();
  const events = eventIndex();
  const events$ = new Subject<EventLine>();
  let history: TraceHistory | undefined;
  let failure: unknown;
  reduceHistory(events$, manifest, { payloads }).subscribe({
    next: (next) => (history = next),
    error: (error: unknown) => (failure = error),
  });
  return {
    manifest,
    payloads,
    events,
    get history() {
      if (history) return history;
      throw failure;
    },
    take(line, position) {
      events.add(line ?? '', parseEvent(line ?? ''));
      events$.next(new EventLine(line, position));
      if (failure) throw failure;
    },
  };
};

/** Puts frames together to a session; another one begins where the recording began anew. */
export const sessionBuilder = () => {
  let session: Session | undefined;
  let isCaughtUp = false;
  const take = ({ header, body }: Frame): void => {
    isCaughtUp = header.type === 'caught_up';
    if (header.type === 'manifest') session = newSession(utf8.decode(body));
    else if (header.type === 'line') session?.take(header.isUtf8 ? utf8.decode(body) : undefined, header);
    else if (header.type === 'payload') session?.payloads.add(header.path, { ...header, body });
    else if (header.type === 'unreadable') session?.payloads.addUnreadable(header.path, header.problem);
    else if (header.type === 'restart') session = undefined;
  };
  return {
    take,
    current: (): Session | undefined => session,
    isCaughtUp: (): boolean => isCaughtUp,
  };
};
