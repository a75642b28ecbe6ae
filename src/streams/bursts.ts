import { concatMap, from, toArray, type OperatorFunction } from 'rxjs';
import type { LogEntry } from '../bundle/log-entry.js';
import type { PayloadStore } from '../bundle/payload.js';
import type { Fact } from '../facts/facts.js';
import type { Batch } from './batch.js';
import { endsBatch } from './in-batches.js';
import { factNow, toFacts } from './to-facts.js';

/** Entries that go on together, in a log that goes on behind them. */
export interface Burst {
  readonly entries: readonly LogEntry[];
  /** Where the payloads are that the entries name. */
  readonly payloads: PayloadStore;
  /**
   * Asks for a snapshot behind the entries: what would follow if the log ended there, before any stage has said
   * something to it. The same list says that the same would follow as before.
   */
  readonly outlook?: readonly Fact[] | undefined;
}

/** A burst with a snapshot behind it. */
export const lookedAt = (entries: readonly LogEntry[], payloads: PayloadStore): Burst => ({
  entries,
  payloads,
  outlook: NOTHING_MORE,
});

/** What follows at the end of a log where no line is torn. */
export const NOTHING_MORE: readonly Fact[] = Object.freeze([]);

/** Turns bursts into batches of facts. The last batch of each, maybe an empty one, has its outlook. */
export const burstsInBatches = (options: { readonly of: number }): OperatorFunction<Burst, Batch> =>
  concatMap(({ entries, payloads, outlook }) => {
    const inBatches = (facts: Iterable<Fact>) => batchesOf(facts, outlook, options);
    if ('readNow' in payloads) return inBatches(mapped(entries, factNow(payloads)));
    return from(entries).pipe(toFacts(payloads), toArray(), concatMap(inBatches));
  });

/** Each batch when it is asked for: so none but the last one keeps the payloads that were read for it. */
function* batchesOf(
  facts: Iterable<Fact>,
  outlook: Burst['outlook'],
  options: { readonly of: number },
): Generator<Batch, void, undefined> {
  let open: Fact[] = [];
  for (const fact of facts) {
    if (endsBatch(open, options)) {
      yield { facts: open, last: false };
      open = [];
    }
    open.push(fact);
  }
  yield { facts: open, last: false, outlook };
}

function* mapped<T, U>(values: Iterable<T>, to: (value: T) => U): Generator<U, void, undefined> {
  for (const value of values) yield to(value);
}
