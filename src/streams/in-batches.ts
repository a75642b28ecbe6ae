import { bufferCount, concat, map, of, type OperatorFunction } from 'rxjs';
import type { Fact } from '../facts/facts.js';
import type { Batch } from './batch.js';

/**
 * Groups facts, and marks the end of the log with an empty last batch. Small batches keep few payloads in
 * memory at a time; larger ones would only save calls.
 */
export const inBatches =
  (options: { readonly of: number }): OperatorFunction<Fact, Batch> =>
  (facts) =>
    concat(
      facts.pipe(
        bufferCount(options.of),
        map((batch) => ({ facts: batch, last: false })),
      ),
      of({ facts: [], last: true }),
    );
