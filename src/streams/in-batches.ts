import { concatMap, from, map, Observable, type OperatorFunction } from 'rxjs';
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

/** The same for a log that goes on: behind each burst of facts, maybe an empty one, a batch looks ahead. */
export const burstsInBatches =
  (options: { readonly of: number }): OperatorFunction<readonly Fact[], Batch> =>
  (bursts$) =>
    bursts$.pipe(
      concatMap((facts) =>
        from(facts).pipe(
          inBatches(options),
          map((batch): Batch => (batch.last ? { facts: [], last: false, outlook: [] } : batch)),
        ),
      ),
    );

const isHeavy = (fact: Fact): boolean =>
  fact.type === 'inference_started' || fact.type === 'compaction_installed';
