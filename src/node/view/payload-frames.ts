import { isTraceError } from '../../errors/trace-error.js';
import { payloadRefs } from '../../model/event-payloads.js';
import type { RawPayloadRef } from '../../model/payload-ref.js';
import type { RawTraceEvent } from '../../model/raw-event.js';
import type { SyncPayloadStore } from '../../bundle/payload.js';
import { encodeFrame } from './frames.js';
import { packPayload } from './pack-payload.js';
import type { Redaction } from './redaction.js';

interface Base {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Tells the payloads of events, each once. */
export const payloadFrames = (redaction: Redaction | undefined) => {
  const told = new Set<string>();
  /** The last request of each thread. */
  const requests = new Map<string, Base>();

  const read = (ref: RawPayloadRef, payloads: SyncPayloadStore): Buffer => {
    const text = payloads.readNow(ref);
    return Buffer.from(redaction ? redaction.payload(text) : text);
  };

  const frameOf = (ref: RawPayloadRef, series: string | undefined, payloads: SyncPayloadStore): Buffer => {
    const path = redaction ? redaction.path(ref.path) : ref.path;
    try {
      const bytes = read(ref, payloads);
      const before = series === undefined ? undefined : requests.get(series);
      if (series !== undefined) requests.set(series, { path, bytes });
      const { head, tail, body } = before
        ? packPayload(bytes, before.bytes)
        : { head: 0, tail: 0, body: bytes };
      const base = before?.path ?? null;
      return encodeFrame({ type: 'payload', path, base, head, tail, length: body.length }, body);
    } catch (error) {
      if (!isTraceError(error)) throw error;
      const problem = redaction ? redaction.problem(error.problem, ref) : error.problem;
      return encodeFrame({ type: 'unreadable', path, problem });
    }
  };

  return (event: RawTraceEvent, payloads: SyncPayloadStore): readonly Buffer[] =>
    payloadRefs(event.payload).flatMap((ref) => {
      if (told.has(ref.path)) return [];
      told.add(ref.path);
      return [frameOf(ref, seriesOf(event, ref), payloads)];
    });
};

/** Payloads of one series are alike. */
const seriesOf = ({ payload }: RawTraceEvent, { kind }: RawPayloadRef): string | undefined => {
  const isRequest = payload.type === 'inference_started' || payload.type === 'compaction_request_started';
  return isRequest ? `${kind.type} ${payload.thread_id}` : undefined;
};
