import { concatMap, Observable, type OperatorFunction } from 'rxjs';
import type { Fact } from '../facts/facts.js';
import type { Batch } from './batch.js';

/**
 * Groups facts, and marks the end of the log with an empty last batch. A fact whose payload may be large
 * ends its batch: all payloads of a batch are in memory at the same time.
 */
export const inBatches =
  (options: { readonly of: number }): OperatorFunction<Fact, Batch> =>
  (facts$) =>
    new Observable((subscriber) => {
      let facts: Fact[] = [];
      const flush = (): void => {
        const batch = { facts, last: false };
        facts = [];
        subscriber.next(batch);
      };
      return facts$.subscribe({
        next(fact) {
          facts.push(fact);
          if (facts.length >= options.of || isHeavy(fact)) flush();
        },
        error: (error: unknown) => subscriber.error(error),
        complete() {
          if (facts.length > 0) flush();
          subscriber.next({ facts: [], last: true });
          subscriber.complete();
        },
      });
    });

/** The same for a log that goes on: the last batch of each burst of facts, maybe an empty one, looks ahead. */
export const burstsInBatches = (options: { readonly of: number }): OperatorFunction<readonly Fact[], Batch> =>
  concatMap((burst) => {
    const batches: Batch[] = [];
    let facts: Fact[] = [];
    for (const fact of burst) {
      if (facts.length >= options.of || (facts.length > 0 && isHeavy(facts.at(-1)))) {
        batches.push({ facts, last: false });
        facts = [];
      }
      facts.push(fact);
    }
    return [...batches, { facts, last: false, outlook: NOTHING }];
  });

/** The same list each time: whoever knows what follows from it need not look again. */
const NOTHING: readonly Fact[] = Object.freeze([]);

const isHeavy = (fact: Fact | undefined): boolean =>
  fact?.type === 'inference_started' || fact?.type === 'compaction_installed';
