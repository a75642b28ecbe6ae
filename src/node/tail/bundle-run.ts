import { Subject, type Observer } from 'rxjs';
import type { LogEntry } from '../../bundle/log-entry.js';
import { readEventLine } from '../../bundle/read-event.js';
import type { Problem } from '../../errors/trace-error.js';
import type { Fact } from '../../facts/facts.js';
import { payloadRef } from '../../model/event-payloads.js';
import { liveReplay } from '../../live-replay.js';
import { rulesFor } from '../../schemas/index.js';
import { NOTHING_MORE, type Burst } from '../../streams/bursts.js';
import type { TraceSnapshot } from '../../streams/snapshots.js';
import type { NoProjections, OwnProjections, ProjectionStates, Viewed } from '../../views/own-projection.js';
import type { OpenBundle } from '../open-bundle.js';
import type { BundleLook, OpenLog } from './bundle-look.js';
import { ending } from './ending.js';
import { logFollower } from './log-follower.js';
import { isPayloadReady } from './payload-ready.js';
import type { Restart } from './restart.js';

export interface RunOptions<S extends ProjectionStates> {
  readonly projections?: OwnProjections<S> | undefined;
  readonly settleMs: number;
  readonly payloadWaitMs: number;
  readonly quietMs: number;
  readonly idleMs: number;
}

/** What a run waits for after a look: its turn, a payload, more of the log, or nothing any more. */
export type Pace = 'turn' | 'payload' | 'log' | 'over';

export type RunSnapshot<S extends ProjectionStates = NoProjections> = TraceSnapshot &
  Viewed<S> & { readonly events: number };

/** Reduces one log from its start, for as long as it is the same log. */
export interface BundleRun {
  /** Works on what is there now, for a slice of time, and gives at most one snapshot. */
  step(look: BundleLook): Pace | Restart;
  /** Milliseconds since the log was seen to grow. */
  quietFor(): number;
  close(): void;
}

/** Milliseconds of work before the event loop gets its turn. */
const SLICE_MS = 50;
/** Entries that go on at a time, between two looks at the clock. */
const GROUP = 16;

/** Throws `schema_unsupported`. */
export const bundleRun = <S extends ProjectionStates = NoProjections>(
  first: BundleLook,
  { projections, settleMs, payloadWaitMs, quietMs, idleMs }: RunOptions<S>,
  observer: Pick<Observer<RunSnapshot<S>>, 'next' | 'error'>,
): BundleRun => {
  const { manifest } = first.bundle;
  const { event: schema, isSealed } = rulesFor(manifest.schema_version);
  const log = logFollower(first, { toEntry: (line) => readEventLine(schema, line), settleMs });
  const end = ending({ isSealed, quietMs, idleMs });
  /** Entries that were read and wait for payloads, or for their turn. */
  let queue: LogEntry[] = [];
  let events = 0;
  /** What the last snapshot showed; undefined where entries went on since then. */
  let shown: { readonly torn: Problem | undefined } | undefined;

  const bursts$ = new Subject<Burst>();
  const subscription = liveReplay(bursts$, manifest, projections).subscribe({
    next: (snapshot) => observer.next({ ...snapshot, events }),
    error: (error: unknown) => observer.error(error),
  });

  const isReady = (entry: LogEntry, { files }: OpenBundle): boolean => {
    const ref = entry.type === 'event' ? payloadRef(entry.event.payload) : null;
    return ref === null || log.sinceGrowth() >= payloadWaitMs || isPayloadReady(files, ref);
  };

  /** Hands on what is ready, in order. */
  const handOn = (bundle: OpenBundle, until: number): 'all' | 'turn' | 'payload' => {
    while (queue.length > 0) {
      const blocked = queue.slice(0, GROUP).findIndex((entry) => !isReady(entry, bundle));
      const entries = queue.splice(0, blocked === -1 ? GROUP : blocked);
      for (const entry of entries) {
        if (entry.type !== 'event') continue;
        events += 1;
        end.see(entry.event.payload.type);
      }
      if (entries.length > 0) {
        bursts$.next({ entries, payloads: bundle.payloads });
        shown = undefined;
      }
      if (blocked !== -1) return 'payload';
      if (performance.now() > until) return 'turn';
    }
    // A long line, or blank ones, may take many reads and give no entry.
    return performance.now() > until ? 'turn' : 'all';
  };

  const work = (bundle: OpenBundle, file: OpenLog): Pace | Restart => {
    const until = performance.now() + SLICE_MS;
    for (;;) {
      const state = handOn(bundle, until);
      if (state !== 'all') return state;
      const part = log.read(file);
      if (part.type === 'contradicted') return 'replaced';
      if (part.type === 'end') return part.settled && end.isOver(log.sinceGrowth()) ? 'over' : 'log';
      queue = [...part.entries];
    }
  };

  return {
    step({ bundle, log: file }) {
      const restart = log.check({ bundle, log: file });
      if (restart) return restart;
      const pace = work(bundle, file);
      const torn = log.torn?.problem;
      if (pace !== 'replaced' && (!shown || shown.torn?.message !== torn?.message)) {
        shown = { torn };
        bursts$.next({ entries: [], payloads: bundle.payloads, outlook: outlookWith(torn) });
      }
      return pace;
    },
    quietFor: log.sinceGrowth,
    close: () => subscription.unsubscribe(),
  };
};

/** A line that has no end is wrong for now: what comes may complete it. */
const outlookWith = (torn: Problem | undefined): readonly Fact[] =>
  torn ? [{ type: 'problem', problem: torn }] : NOTHING_MORE;
