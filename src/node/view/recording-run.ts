import type { LogEntry } from '../../bundle/log-entry.js';
import { readEventLine } from '../../bundle/read-event.js';
import { payloadRef } from '../../model/event-payloads.js';
import { rulesFor } from '../../schemas/index.js';
import { manifestFile } from '../open-bundle.js';
import type { BundleLook } from '../tail/bundle-look.js';
import type { Line } from '../tail/line-assembly.js';
import { logFollower } from '../tail/log-follower.js';
import { isPayloadReady } from '../tail/payload-ready.js';
import type { Restart } from '../tail/restart.js';
import { encodeFrame } from './frames.js';
import { payloadFrames } from './payload-frames.js';
import { NO_JSON, type Redaction } from './redaction.js';

export interface RunOptions {
  readonly settleMs: number;
  readonly payloadWaitMs: number;
  readonly redaction?: Redaction | undefined;
}

/** What a step told, and what the next one waits for. */
export interface RunStep {
  readonly frames: readonly Buffer[];
  readonly next: 'more' | 'payload' | 'log' | Restart;
}

type Told = LogEntry & { readonly source: Line };

/** Bytes after which a step gives out what it has. */
const STEP_BYTES = 1 << 18;

/** Tells one log from its start, for as long as it is the same log. Throws `schema_unsupported`. */
export const recordingRun = (first: BundleLook, { settleMs, payloadWaitMs, redaction }: RunOptions) => {
  const { event: schema } = rulesFor(first.bundle.manifest.schema_version);
  const log = logFollower<Told>(first, {
    toEntry: (line) => {
      const entry = readEventLine(schema, line);
      return entry && { ...entry, source: line };
    },
    settleMs,
  });
  const payloads = payloadFrames(redaction);
  let queue: readonly Told[] = [];
  let begun = false;
  let isTold = false;
  /** A last line that was told as torn: where the log goes on, it is another one. */
  let torn: Told | undefined;

  const isReady = (entry: Told, { bundle }: BundleLook): boolean => {
    // A log that stands still for long has all the payloads that will ever come.
    if (entry.type !== 'event' || log.sinceGrowth() >= payloadWaitMs) return true;
    const ref = payloadRef(entry.event.payload);
    return ref === null || isPayloadReady(bundle.files, ref);
  };

  const framesOf = (entry: Told, { bundle }: BundleLook): readonly Buffer[] => {
    const { text, position } = entry.source;
    const isUtf8 = text !== undefined;
    const body = Buffer.from(isUtf8 && redaction ? redacted(entry, redaction) : (text ?? ''));
    const frame = encodeFrame({ type: 'line', ...position, isUtf8, length: body.length }, body);
    return entry.type === 'event' ? [...payloads(entry.event, bundle.payloads), frame] : [frame];
  };

  return (look: BundleLook): RunStep => {
    const restart = log.check(look);
    if (restart) return { frames: [], next: restart };
    const frames: Buffer[] = [];
    let bytes = 0;
    if (!begun) {
      begun = true;
      const { files, manifest } = look.bundle;
      const body = Buffer.from(redaction ? redaction.manifest(manifest) : files.readText(manifestFile));
      frames.push(encodeFrame({ type: 'manifest', length: body.length }, body));
    }
    for (;;) {
      while (queue[0]) {
        const [entry] = queue;
        if (!isReady(entry, look)) return { frames, next: 'payload' };
        queue = queue.slice(1);
        const told = framesOf(entry, look);
        frames.push(...told);
        isTold = false;
        bytes += told.reduce((sum, frame) => sum + frame.length, 0);
        if (bytes >= STEP_BYTES) return { frames, next: 'more' };
      }
      const part = log.read(look.log);
      if (part.type === 'contradicted') return { frames, next: 'replaced' };
      if (part.type === 'end') {
        if (log.torn && log.torn !== torn) {
          torn = log.torn;
          frames.push(...framesOf(log.torn, look));
          isTold = false;
        }
        if (!isTold) frames.push(encodeFrame({ type: 'caught_up' }));
        isTold = true;
        return { frames, next: 'log' };
      }
      if (torn) return { frames, next: 'replaced' };
      queue = part.entries;
    }
  };
};

/** Of a line that is no event nothing is left: anything may stand in it. */
const redacted = (entry: LogEntry, redaction: Redaction): string =>
  entry.type === 'event' ? redaction.event(entry.event) : NO_JSON;
