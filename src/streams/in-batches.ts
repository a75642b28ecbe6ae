import { Observable, type OperatorFunction } from 'rxjs';
import type { Fact } from '../facts/facts.js';
import { mayHoldHistory } from '../model/event-payloads.js';
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
          if (endsBatch(facts, options)) flush();
        },
        error: (error: unknown) => subscriber.error(error),
        complete() {
          if (facts.length > 0) flush();
          subscriber.next({ facts: [], last: true });
          subscriber.complete();
        },
      });
    });

/** Whether these facts are a batch that is full. */
export const endsBatch = (facts: readonly Fact[], options: { readonly of: number }): boolean =>
  facts.length >= options.of || mayHoldHistory(facts.at(-1)?.type ?? '');
