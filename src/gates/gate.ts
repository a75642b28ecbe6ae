import type { Fact, FactOf, FactType, ProblemFact, UnresolvedFact } from '../facts/facts.js';

/** What a gate can do with facts. A lane is a queue of facts that wait for the same thing. */
export interface Sluice {
  /** Sends a fact on. */
  pass(fact: Fact): void;
  /** Sends on a fact that changed nothing about how the gate would close. What it would say need not be asked again. */
  passBy(fact: Fact): void;
  /** Appends a fact to a lane. */
  hold(lane: string, fact: Fact): void;
  /** Ends a lane and sends on what `revise` makes of its facts, in their order. */
  release(lane: string, revise: (held: readonly Fact[]) => readonly Fact[]): void;
  report(fact: ProblemFact | UnresolvedFact): void;
}

/**
 * A place in the pipe where facts wait. The gate decides — purely, on its state — and the sluice keeps
 * the facts: in arrays where a gate is folded, in one buffered subject a lane where it is streamed.
 */
export interface Gate<State extends object, Reads extends FactType> {
  readonly name: string;
  /** The facts that the gate decides about. All others pass. */
  readonly reads: readonly Reads[];
  /** What the gate makes of held facts, beside themselves. */
  readonly learns: readonly FactType[];
  readonly initial: () => State;
  /** Must pass or hold the fact, unless it is one that ends here. */
  readonly decide: (state: State, fact: FactOf<Reads>, sluice: Sluice) => void;
  /**
   * If the log ended here: what still waits falls back, or is given up. Changes nothing, because a log that
   * goes on is asked again.
   */
  readonly close: (state: State, end: Pick<Sluice, 'release' | 'report'>) => void;
}

export const defineGate = <State extends object, const Reads extends FactType>(
  gate: Gate<State, Reads>,
): Gate<State, Reads> => gate;
