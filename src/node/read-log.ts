import { LOG_FILE } from '../model/files.js';
import { closeSync, fstatSync, type Stats } from 'node:fs';
import { Observable } from 'rxjs';
import type { z } from 'zod/mini';
import type { LogEntry } from '../bundle/log-entry.js';
import { readEventLine } from '../bundle/read-event.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import { mayHoldHistory } from '../model/event-payloads.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import type { BundleFile, BundleFiles } from './bundle-files.js';
import { logLines } from './log-lines.js';

/** How far a replay is. */
export interface Progress {
  /** Events so far. */
  readonly events: number;
  /** Bytes of the log so far, a whole block at a time, and in all. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ReadLogOptions {
  readonly schema: z.ZodMiniType<RawTraceEvent>;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of work before the event loop gets its turn; Infinity for a command that does nothing else. */
  readonly sliceMs: number;
}

/** Milliseconds between two reports of progress. */
const PROGRESS_MS = 50;

/** The lines of `trace.jsonl`, in order. Errors with `log_unreadable`, or with the reason of the signal. */
export const readLog = (files: BundleFiles, options: ReadLogOptions): Observable<LogEntry> =>
  new Observable((subscriber) => {
    const { schema, onProgress, signal, sliceMs } = options;
    const descriptor = files.open(logFile);
    const { size: totalBytes } = regularFile(descriptor);
    const lines = logLines(descriptor);
    let events = 0;
    let reported = performance.now();
    let timer: NodeJS.Immediate | undefined;

    /** The next line, if it was read in the turn before. */
    let held: Line | undefined;
    const nextLine = (): Line | undefined => {
      const next = lines.next();
      return next.done ? undefined : { entry: readEventLine(schema, next.value), read: next.value.read };
    };

    const work = (): void => {
      const started = performance.now();
      while (!subscriber.closed) {
        if (signal?.aborted) return subscriber.error(signal.reason);
        const line = held ?? nextLine();
        if (!line) return subscriber.complete();
        const { entry, read } = line;
        if (!held && holdsHistory(entry) && performance.now() - started > sliceMs / 10) {
          held = line;
          timer = setImmediate(attempt);
          return;
        }
        held = undefined;
        if (entry) {
          events += 1;
          subscriber.next(entry);
        }
        const now = performance.now();
        if (now - reported > PROGRESS_MS) {
          reported = now;
          onProgress?.({ events, bytes: read, totalBytes });
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
    // What opened the bundle took its share of this turn, while its code was cold.
    timer = setImmediate(attempt);
  });

interface Line {
  /** Undefined where it is blank. */
  readonly entry: LogEntry | undefined;
  /** Bytes of the log so far. */
  readonly read: number;
}

/** It may take longer than a slice: so it gets a turn of its own. */
const holdsHistory = (entry: LogEntry | undefined): boolean =>
  entry?.type === 'event' && mayHoldHistory(entry.event.payload.type);

/** A pipe would be an empty log, and a folder an error that says nothing. */
export const regularFile = (descriptor: number): Stats => {
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return stats;
  closeSync(descriptor);
  throw new TraceError(
    describeProblem('log_unreadable', 'the event log is no regular file', { file: LOG_FILE }),
  );
};

export const logFile: BundleFile = {
  path: LOG_FILE,
  subject: 'the event log',
  missing: 'log_unreadable',
  invalid: 'log_unreadable',
};
