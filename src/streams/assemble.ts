import { defer, filter, map, scan, type OperatorFunction } from 'rxjs';
import { TraceError, type Problem } from '../errors/trace-error.js';
import type { Fact } from '../facts/facts.js';
import { isWrite } from '../facts/writes.js';
import type { RolloutHeader, RolloutTrace } from '../model/rollout-trace.js';
import type { Unresolved } from '../model/unresolved.js';
import { traceBuilder, type TraceBuilder } from '../trace/trace-builder.js';
import type { Batch } from './batch.js';

/** What a recording came to. */
export interface Reduction {
  readonly trace: RolloutTrace;
  /** What is wrong with the recording, in the order of the log. Empty in strict mode. */
  readonly diagnostics: readonly Problem[];
  /** What waited to the end of the log for something that never came. */
  readonly unresolved: readonly Unresolved[];
}

interface Assembly {
  readonly builder: TraceBuilder;
  /** Several steps may meet the same unreadable payload: each problem counts once. */
  readonly problems: Set<Problem>;
  readonly unresolved: Unresolved[];
  last: boolean;
}

/**
 * Merges what all stages wrote into one immutable trace, at the end of the log. The one place where
 * strictness is decided: strict throws the first problem, otherwise problems are collected.
 */
export const assemble = (
  header: RolloutHeader,
  options: { readonly strict: boolean },
): OperatorFunction<Batch, Reduction> => {
  const take = (assembly: Assembly, fact: Fact): void => {
    if (isWrite(fact)) assembly.builder.apply(fact);
    else if (fact.type === 'unresolved') assembly.unresolved.push(fact.unresolved);
    else if (fact.type === 'problem' || fact.type === 'unreadable_line') {
      if (options.strict) throw new TraceError(fact.problem);
      assembly.problems.add(fact.problem);
    }
  };
  return (batches) =>
    defer(() =>
      batches.pipe(
        scan(
          (assembly, batch: Batch) => {
            for (const fact of batch.facts) take(assembly, fact);
            assembly.last = batch.last;
            return assembly;
          },
          { builder: traceBuilder(header), problems: new Set(), unresolved: [], last: false } as Assembly,
        ),
        filter(({ last }) => last),
        map(({ builder, problems, unresolved }) => ({
          trace: builder.snapshot(),
          diagnostics: [...problems],
          unresolved: [...unresolved],
        })),
      ),
    );
};
