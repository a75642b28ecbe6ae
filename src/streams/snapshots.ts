import { defer, filter, map, scan, type OperatorFunction } from 'rxjs';
import type { Problem } from '../errors/trace-error.js';
import type { Fact } from '../facts/facts.js';
import { isWrite, type Write } from '../facts/writes.js';
import type { RolloutHeader, RolloutTrace } from '../model/rollout-trace.js';
import type { Unresolved } from '../model/unresolved.js';
import { Overlay } from '../trace/overlay.js';
import { traceBuilder, type TraceBuilder, type TraceChanges } from '../trace/trace-builder.js';
import type { Batch } from './batch.js';

/** A recording as it stands while it goes on: what a reduction of the log so far would give. */
export interface TraceSnapshot {
  /** Tables and rows that did not change since the last snapshot are the same objects. */
  readonly trace: RolloutTrace;
  /** Rows that were added, changed or taken out since the last snapshot, by table. */
  readonly changes: TraceChanges;
  /** What is wrong with the recording so far. The same list as before where nothing was added. */
  readonly diagnostics: readonly Problem[];
  /** What waits for something that may still come. */
  readonly pending: readonly Unresolved[];
}

interface LiveAssembly {
  readonly builder: TraceBuilder;
  readonly overlay: Overlay;
  readonly problems: Set<Problem>;
  /** The same in their order: a list is copied in no time, a set is not. */
  readonly said: Problem[];
  /** The list that was given out last; undefined where there may be more or others to tell. */
  diagnostics: readonly Problem[] | undefined;
  outlook: readonly Fact[] | undefined;
  foreseen: Foreseen;
}

/** An outlook, sorted by what it consists of. */
interface Foreseen {
  readonly outlook: readonly Fact[];
  readonly writes: readonly Write[];
  readonly pending: readonly Unresolved[];
  readonly problems: readonly Problem[];
}

/** Gives a snapshot behind each batch that looks ahead. What is foreseen is in it, and is taken back again. */
export const snapshots = (header: RolloutHeader): OperatorFunction<Batch, TraceSnapshot> => {
  const initial = (): LiveAssembly => {
    const builder = traceBuilder(header);
    return {
      builder,
      overlay: new Overlay(builder),
      problems: new Set(),
      said: [],
      diagnostics: undefined,
      outlook: undefined,
      foreseen: sorted([]),
    };
  };
  return (batches) =>
    defer(() =>
      batches.pipe(
        scan((assembly, { facts, outlook }: Batch) => {
          for (const fact of facts) take(assembly, fact);
          assembly.outlook = outlook;
          return assembly;
        }, initial()),
        filter(({ outlook }) => outlook !== undefined),
        map(look),
      ),
    );
};

const take = (assembly: LiveAssembly, fact: Fact): void => {
  const { builder, overlay, problems } = assembly;
  if (isWrite(fact)) {
    if (overlay.covers(fact)) overlay.takeBack();
    builder.apply(fact);
  } else if (fact.type === 'problem' || fact.type === 'unreadable_line') {
    if (problems.has(fact.problem)) return;
    problems.add(fact.problem);
    assembly.said.push(fact.problem);
    assembly.diagnostics = undefined;
  }
};

/** Costs nothing for what is as it was: an outlook that did not change is the same list. */
const look = (assembly: LiveAssembly): TraceSnapshot => {
  const { builder, overlay, outlook = [] } = assembly;
  if (outlook !== assembly.foreseen.outlook) {
    const foreseen = sorted(outlook);
    if (foreseen.problems.length > 0 || assembly.foreseen.problems.length > 0) {
      assembly.diagnostics = undefined;
    }
    assembly.foreseen = foreseen;
  }
  const { writes, pending, problems } = assembly.foreseen;
  overlay.lay(writes);
  assembly.diagnostics ??= Object.freeze(
    assembly.said.concat(problems.filter((problem) => !assembly.problems.has(problem))),
  );
  return {
    trace: builder.snapshot(),
    changes: builder.takeChanges(),
    diagnostics: assembly.diagnostics,
    pending,
  };
};

const sorted = (outlook: readonly Fact[]): Foreseen => {
  const writes: Write[] = [];
  const pending: Unresolved[] = [];
  const problems = new Set<Problem>();
  for (const fact of outlook) {
    if (isWrite(fact)) writes.push(fact);
    else if (fact.type === 'unresolved') pending.push(fact.unresolved);
    else if (fact.type === 'problem') problems.add(fact.problem);
  }
  return { outlook, writes, pending: Object.freeze(pending), problems: [...problems] };
};
