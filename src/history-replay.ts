import { map, startWith, type Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import { BATCH, headerOf, stagesOf, type Recording } from './replay.js';
import { connectCascade } from './streams/connect-cascade.js';
import { streams } from './streams/drivers.js';
import { histories } from './streams/histories.js';
import { burstsInBatches } from './streams/in-batches.js';
import { burstsToFacts } from './streams/to-facts.js';
import type { TraceHistory } from './streams/trace-history.js';

/** The way of `liveReplay`, entry by entry, for all that a log has been: a history before it, and behind each. */
export const historyReplay = (
  entries$: Observable<LogEntry>,
  { manifest, payloads }: Omit<Recording, 'strict'>,
  options: { readonly every: number },
): Observable<TraceHistory> =>
  entries$.pipe(
    map((entry): readonly LogEntry[] => [entry]),
    startWith([]),
    burstsToFacts(payloads),
    burstsInBatches({ of: BATCH }),
    connectCascade(...stagesOf(manifest, streams)),
    histories(headerOf(manifest), options),
  );
