import { map, startWith, type Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import { liveBatches } from './live-replay.js';
import { headerOf, stagesOf, type Recording } from './replay.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams } from './streams/drivers.js';
import { histories } from './streams/histories.js';
import type { TraceHistory } from './streams/trace-history.js';

/** The way of `liveReplay`, entry by entry, for all that a log has been: a history before it, and behind each. */
export const historyReplay = (
  entries$: Observable<LogEntry>,
  { manifest, payloads }: Omit<Recording, 'strict'>,
  options: { readonly every: number },
): Observable<TraceHistory> =>
  liveBatches(
    entries$.pipe(
      map((entry): readonly LogEntry[] => [entry]),
      startWith([]),
    ),
    payloads,
  ).pipe(connectCascade(...stagesOf(manifest, streams)), histories(headerOf(manifest), options));
