import { closeSync, fstatSync, readSync, type Stats } from 'node:fs';
import { Observable } from 'rxjs';
import type { z } from 'zod';
import type { LogEntry } from '../bundle/log-entry.js';
import { badLine, readLine, type LinePosition } from '../bundle/read-line.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import { LOG_FILE } from '../facts/problems.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import { decodeUtf8, type BundleFile, type BundleFiles } from './bundle-files.js';

/** How far a replay is. */
export interface Progress {
  /** Events so far. */
  readonly events: number;
  /** Bytes of the log so far, and in all. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ReadLogOptions {
  readonly schema: z.ZodType<RawTraceEvent>;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of work before the event loop gets its turn; Infinity for a command that does nothing else. */
  readonly sliceMs: number;
}

/** Events between two looks at the clock. */
const CHECK = 16;
/** Milliseconds between two reports of progress. */
const PROGRESS_MS = 50;

/** The lines of `trace.jsonl`, in order. Errors with `log_unreadable`, or with the reason of the signal. */
export const readLog = (files: BundleFiles, options: ReadLogOptions): Observable<LogEntry> =>
  new Observable((subscriber) => {
    const { schema, onProgress, signal, sliceMs } = options;
    const descriptor = files.open(logFile);
    const { size: totalBytes } = regularFile(descriptor);
    const lines = linesOf(descriptor);
    let events = 0;
    let reported = performance.now();
    let timer: NodeJS.Immediate | undefined;

    const work = (): void => {
      const started = performance.now();
      while (!subscriber.closed) {
        if (signal?.aborted) return subscriber.error(signal.reason);
        const next = lines.next();
        if (next.done) return subscriber.complete();
        const entry = toEntry(schema, next.value);
        if (!entry) continue;
        events += 1;
        subscriber.next(entry);
        if (events % CHECK !== 0) continue;
        const now = performance.now();
        if (now - reported > PROGRESS_MS) {
          reported = now;
          onProgress?.({ events, bytes: next.value.end, totalBytes });
        }
        if (now - started > sliceMs) {
          timer = setImmediate(attempt);
          return;
        }
      }
    };
    const attempt = (): void => {
      try {
        work();
      } catch (error) {
        subscriber.error(error);
      }
    };
    subscriber.add(() => {
      clearImmediate(timer);
      closeSync(descriptor);
    });
    attempt();
  });

const toEntry = (schema: z.ZodType<RawTraceEvent>, { bytes, position }: Line): LogEntry | undefined => {
  const text = decodeUtf8(bytes);
  return text === undefined ? badLine(position, 'not valid UTF-8') : readLine(schema, text, position);
};

/** A pipe would be an empty log, and a folder an error that says nothing. */
const regularFile = (descriptor: number): Stats => {
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return stats;
  closeSync(descriptor);
  throw new TraceError(describeProblem('log_unreadable', 'the event log is no regular file', { file: LOG_FILE }));
};

const logFile: BundleFile = {
  path: LOG_FILE,
  subject: 'the event log',
  missing: 'log_unreadable',
  invalid: 'log_unreadable',
};

interface Line {
  /** Without its line break. */
  readonly bytes: Buffer;
  readonly position: LinePosition;
  /** Offset in the log behind the line. */
  readonly end: number;
}

const CHUNK = 1 << 20;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Cuts a file into lines, which end with a line feed, or a carriage return and a line feed. */
function* linesOf(descriptor: number): Generator<Line, void, undefined> {
  let line = 0;
  let end = 0;
  let rest = Buffer.alloc(0);
  const cut = (bytes: Buffer, complete: boolean): Line => {
    line += 1;
    end += bytes.length + (complete ? 1 : 0);
    const ending = complete && bytes.at(-1) === CARRIAGE_RETURN ? 1 : 0;
    return { bytes: bytes.subarray(0, bytes.length - ending), position: { line, complete }, end };
  };
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, null);
    if (length === 0) break;
    let start = 0;
    for (;;) {
      const stop = chunk.subarray(0, length).indexOf(NEWLINE, start);
      if (stop === -1) break;
      const piece = chunk.subarray(start, stop);
      yield cut(rest.length > 0 ? Buffer.concat([rest, piece]) : piece, true);
      rest = Buffer.alloc(0);
      start = stop + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(start, length)]);
  }
  if (rest.length > 0) yield cut(rest, false);
}
