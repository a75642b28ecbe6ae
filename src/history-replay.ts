import { map, startWith, type Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import { liveFacts } from './live-replay.js';
import { headerOf, stagesOf, type RecordingContext } from './replay.js';
import { lookedAt } from './streams/bursts.js';
import { streams } from './streams/drivers.js';
import { histories } from './streams/histories.js';
import type { TraceHistory } from './streams/trace-history.js';

/** The way of `liveReplay`, entry by entry, for all that a log has been: a history before it, and behind each. */
export const historyReplay = (
  entries$: Observable<LogEntry>,
  { manifest, payloads }: RecordingContext,
  options: { readonly every: number },
): Observable<TraceHistory> => {
  const bursts$ = entries$.pipe(
    map((entry) => lookedAt([entry], payloads)),
    startWith(lookedAt([], payloads)),
  );
  return liveFacts(bursts$, stagesOf(manifest, streams)).pipe(histories(headerOf(manifest), options));
};
