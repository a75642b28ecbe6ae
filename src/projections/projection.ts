import type { FactOf, FactType, ProblemFact } from '../facts/facts.js';
import type { LearnedFactOf, LearnedType } from '../facts/learned.js';
import type { Write } from '../facts/writes.js';

/** What a step may say: writes to the trace, problems, and the facts that its projection learns. */
export type Emit<Learns extends LearnedType> = (fact: Write | ProblemFact | LearnedFactOf<Learns>) => void;

/**
 * One part of the trace as a pure machine: facts in, facts out. `step` is an immer recipe: it may change
 * `state`, never `fact`, and keeps nothing elsewhere. So the same function runs on a frozen state (as a
 * reference) and on one that it owns alone (without any copy).
 */
export interface Projection<State extends object, Reads extends FactType, Learns extends LearnedType> {
  readonly name: string;
  /** The only facts `step` is called with. Every fact flows on, whoever reads it. */
  readonly reads: readonly Reads[];
  /** The only facts, besides writes and problems, that `emit` accepts. */
  readonly learns: readonly Learns[];
  readonly initial: () => State;
  readonly step: (state: State, fact: FactOf<Reads>, emit: Emit<Learns>) => void;
}

/** Infers all types: `fact` is narrowed by `reads`, `emit` by `learns`. */
export const defineProjection = <
  State extends object,
  const Reads extends FactType,
  const Learns extends LearnedType = never,
>(
  projection: Projection<State, Reads, Learns>,
): Projection<State, Reads, Learns> => projection;
