/**
 * Given what happened, when this happens, then a projection or gate says that. Steps run on frozen facts and
 * frozen states: a step that changes what is not its own fails its test.
 */
import { freeze } from 'immer';
import { expect } from 'vitest';
import type { ProblemCode } from '../../src/errors/codes.js';
import type { Problem } from '../../src/errors/trace-error.js';
import type { Fact, FactOf, FactType, ProblemFact } from '../../src/facts/facts.js';
import type { LearnedFactOf, LearnedType } from '../../src/facts/learned.js';
import type { Remove, Write } from '../../src/facts/writes.js';
import { evolveGate, type GateState } from '../../src/gates/evolve-gate.js';
import type { Gate } from '../../src/gates/gate.js';
import type { RolloutHeader, TableName, TraceRows } from '../../src/model/rollout-trace.js';
import { evolve } from '../../src/projections/evolve.js';
import type { Projection } from '../../src/projections/projection.js';
import { isWrite } from '../../src/facts/writes.js';

export const given = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
): Given<Reads, Learns> => {
  const from = (history: readonly Fact[]): Given<Reads, Learns> => ({
    after: (...facts) => from([...history, ...facts]),
    when: (...facts) => {
      const before = run(projection, projection.initial(), history);
      return new Outcome<Learns>(run(projection, before.state, facts).said);
    },
  });
  return from([]);
};

export interface Given<Reads extends FactType, Learns extends LearnedType> {
  /** What happened before; what the projection says to it is not looked at. */
  after(...facts: readonly FactOf<Reads>[]): Given<Reads, Learns>;
  when(...facts: readonly FactOf<Reads>[]): Outcome<Learns>;
}

const run = <State extends object, Reads extends FactType, Learns extends LearnedType>(
  projection: Projection<State, Reads, Learns>,
  initial: State,
  facts: readonly Fact[],
): { state: State; said: readonly Fact[] } => {
  let state = initial;
  const said = facts.flatMap((fact) => {
    const [next, emitted] = evolve(projection, state, freeze(fact, true));
    state = next;
    return emitted;
  });
  return { state, said };
};

type ExpectedProblem = ProblemCode | Partial<Problem>;

/** What was said, to be compared. A problem that no `thenReports` named before fails every other check. */
export class Outcome<Learns extends LearnedType> {
  protected readonly said: readonly Fact[];
  #problemsNamed = false;

  constructor(said: readonly Fact[]) {
    this.said = said;
  }

  /** Exactly these writes, in this order. */
  thenWrites(...writes: readonly Write[]): this {
    expect(this.#fine().filter(isWrite)).toStrictEqual(writes);
    return this;
  }

  /** Exactly these writes to one table. */
  thenWritesTo<T extends TableName>(
    table: T,
    ...writes: readonly (Extract<Write, { table: T }> | Remove)[]
  ): this {
    const toTable = this.#fine().filter((fact) => isWrite(fact) && 'table' in fact && fact.table === table);
    expect(toTable).toStrictEqual(writes);
    return this;
  }

  /** Exactly these learned facts, in this order. */
  thenLearns(...facts: readonly LearnedFactOf<Learns>[]): this {
    expect(this.#fine().filter((fact) => !isWrite(fact) && fact.type !== 'problem')).toStrictEqual(facts);
    return this;
  }

  /** The learned facts of one type, to look at single fields. */
  learned<T extends Learns>(type: T): readonly LearnedFactOf<T>[] {
    return this.#fine().filter((fact): fact is LearnedFactOf<T> & Fact => fact.type === type);
  }

  /** Exactly these problems: by code, or by the fields that matter. */
  thenReports(...problems: readonly ExpectedProblem[]): this {
    this.#problemsNamed = true;
    const expected = problems.map((each) => (typeof each === 'string' ? { code: each } : each));
    expect(problemsOf(this.said)).toMatchObject(expected);
    expect(problemsOf(this.said)).toHaveLength(expected.length);
    return this;
  }

  thenNothing(): void {
    expect(this.said).toStrictEqual([]);
  }

  #fine(): readonly Fact[] {
    if (!this.#problemsNamed) expect(problemsOf(this.said)).toStrictEqual([]);
    return this.said;
  }
}

const problemsOf = (said: readonly Fact[]): readonly Problem[] =>
  said.filter((fact): fact is ProblemFact => fact.type === 'problem').map(({ problem }) => problem);

/** An insert of a row with these fields, whatever the others are. */
export const inserted = <T extends TableName>(table: T, id: string, fields: Partial<TraceRows[T]>) => ({
  type: 'insert' as const,
  table,
  id,
  row: expect.objectContaining<object>(fields),
});

export const headerSet = (fields: Partial<RolloutHeader>): Write => ({ type: 'set_header', fields });

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
    expect(problemsOf(this.#sent).map(({ code }) => code)).toStrictEqual(codes);
    expect(this.#sent).toHaveLength(codes.length);
  }

  /** Nothing is sent on: what came waits. */
  thenHolds(): void {
    expect(this.#sent).toStrictEqual([]);
  }
}
