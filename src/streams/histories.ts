import { concatMap, defer, type OperatorFunction } from 'rxjs';
import type { RolloutHeader } from '../model/rollout-trace.js';
import type { Batch } from './batch.js';
import { HistoryRecorder, type TraceHistory } from './trace-history.js';

/** Gives the history so far behind each batch that looks ahead: one before the log, then one behind each entry. */
export const histories =
  (header: RolloutHeader, options: { readonly every: number }): OperatorFunction<Batch, TraceHistory> =>
  (batches) =>
    defer(() => {
      const recorder = new HistoryRecorder(header, options.every);
      return batches.pipe(
        concatMap(({ facts, outlook }) => {
          recorder.record(facts);
          return outlook ? [recorder.close(outlook)] : [];
        }),
      );
    });
