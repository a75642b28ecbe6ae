import { defer, filter, map, scan, type OperatorFunction } from 'rxjs';
import type { Problem } from '../errors/trace-error.js';
import type { Fact, Unresolved } from '../facts/facts.js';
import { isWrite, type Write } from '../facts/writes.js';
import type { RolloutHeader, RolloutTrace } from '../model/rollout-trace.js';
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
  /** The list that was given out last, and how many problems it has. */
  diagnostics: readonly Problem[];
  outlook: readonly Fact[] | undefined;
}

/** Gives a snapshot behind each batch that looks ahead. What is foreseen is in it, and is taken back again. */
export const snapshots = (header: RolloutHeader): OperatorFunction<Batch, TraceSnapshot> => {
  const initial = (): LiveAssembly => {
    const builder = traceBuilder(header);
    return {
      builder,
      overlay: new Overlay(builder),
      problems: new Set(),
      diagnostics: [],
      outlook: undefined,
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
        map((assembly) => look(assembly, assembly.outlook ?? [])),
      ),
    );
};

const take = ({ builder, overlay, problems }: LiveAssembly, fact: Fact): void => {
  if (isWrite(fact)) {
    if (overlay.covers(fact)) overlay.takeBack();
    builder.apply(fact);
  } else if (fact.type === 'problem' || fact.type === 'unreadable_line') problems.add(fact.problem);
};

const look = (assembly: LiveAssembly, outlook: readonly Fact[]): TraceSnapshot => {
  const writes: Write[] = [];
  const pending: Unresolved[] = [];
  const problems = new Set(assembly.problems);
  for (const fact of outlook) {
    if (isWrite(fact)) writes.push(fact);
    else if (fact.type === 'unresolved') pending.push(fact.unresolved);
    else if (fact.type === 'problem') problems.add(fact.problem);
  }
  assembly.overlay.lay(writes);
  const { diagnostics } = assembly;
  const isSame = diagnostics.length === problems.size && diagnostics.every((known) => problems.has(known));
  if (!isSame) assembly.diagnostics = Object.freeze([...problems]);
  return {
    trace: assembly.builder.snapshot(),
    changes: assembly.builder.takeChanges(),
    diagnostics: assembly.diagnostics,
    pending,
  };
};
