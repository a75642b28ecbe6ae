/** Given what happened, when this happens, then a gate sends that on. Steps run as those of projections do. */
import { freeze } from 'immer';
import { expect } from 'vitest';
import type { ProblemCode } from '../../src/errors/codes.js';
import type { Fact, FactOf, FactType } from '../../src/facts/facts.js';
import { evolveGate, type GateState } from '../../src/gates/evolve-gate.js';
import type { Gate } from '../../src/gates/gate.js';
import { problemsIn } from './given-projection.js';

export { given, headerSet, inserted } from './given-projection.js';

export const givenGate = <State extends object, Reads extends FactType>(
  gate: Gate<State, Reads>,
): GivenGate<Reads> => {
  const from = (history: readonly Fact[]): GivenGate<Reads> => {
    const before = () => runGate(gate, { decisions: gate.initial(), lanes: new Map() }, history);
    return {
      after: (...facts) => from([...history, ...facts]),
      when: (...facts) => new Sent(runGate(gate, before().state, facts).sent),
      atEnd: () => new Sent(runGate(gate, before().state, [null]).sent),
    };
  };
  return from([]);
};

export interface GivenGate<Reads extends FactType> {
  after(...facts: readonly FactOf<Reads>[]): GivenGate<Reads>;
  when(...facts: readonly FactOf<Reads>[]): Sent;
  /** The log ends. */
  atEnd(): Sent;
}

const runGate = <State extends object, Reads extends FactType>(
  gate: Gate<State, Reads>,
  initial: GateState<State>,
  facts: readonly (Fact | null)[],
): { state: GateState<State>; sent: readonly Fact[] } => {
  let state = initial;
  const sent = facts.flatMap((fact) => {
    const [next, passed, made] = evolveGate(gate, state, fact && freeze(fact, true));
    state = next;
    return [...passed, ...made];
  });
  return { state, sent };
};

/** What a gate sent on. */
export class Sent {
  readonly #sent: readonly Fact[];

  constructor(sent: readonly Fact[]) {
    this.#sent = sent;
  }

  /** Exactly these facts, in this order. */
  thenSends(...facts: readonly Fact[]): void {
    expect(this.#sent).toStrictEqual(facts);
  }

  thenReports(...codes: readonly ProblemCode[]): void {
    expect(problemsIn(this.#sent).map(({ code }) => code)).toStrictEqual(codes);
    expect(this.#sent).toHaveLength(codes.length);
  }

  /** Nothing is sent on: what came waits. */
  thenHolds(): void {
    expect(this.#sent).toStrictEqual([]);
  }
}
