import { concatMap, from, map, type Observable } from 'rxjs';
import type { LogEntry } from '../../bundle/log-entry.js';
import type { PayloadStore } from '../../bundle/payload.js';
import type { Problem } from '../../errors/trace-error.js';
import type { Manifest } from '../../model/manifest.js';
import { BATCH, headerOf, stagesOf } from '../../replay.js';
import type { Batch } from '../../streams/batch.js';
import { connectCascade } from '../../streams/connect-cascade.js';
import { streams } from '../../streams/drivers.js';
import { inBatches } from '../../streams/in-batches.js';
import { snapshots, type TraceSnapshot } from '../../streams/snapshots.js';
import { toFacts } from '../../streams/to-facts.js';

/** Entries that go on together. */
export interface Burst {
  readonly entries: readonly LogEntry[];
  readonly payloads: PayloadStore;
  /** Asks for a snapshot behind the entries. */
  readonly look?: Look;
}

export interface Look {
  /** What is wrong with the last line as long as it has no end. */
  readonly torn: Problem | undefined;
}

/** As `liveReplay`, with snapshots on request, in which the last line may be torn for now. */
export const tailReplay = (bursts$: Observable<Burst>, manifest: Manifest): Observable<TraceSnapshot> =>
  bursts$.pipe(
    concatMap(({ entries, payloads, look }) =>
      from(entries).pipe(
        toFacts(payloads),
        inBatches({ of: BATCH }),
        map((batch): Batch => (batch.last ? lookAhead(look) : batch)),
      ),
    ),
    connectCascade(...stagesOf(manifest, streams)),
    snapshots(headerOf(manifest)),
  );

const lookAhead = (look: Look | undefined): Batch => ({
  facts: [],
  last: false,
  outlook: look && (look.torn ? [{ type: 'problem', problem: look.torn }] : []),
});
