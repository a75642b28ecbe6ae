/**
 * Given what happened, when this happens, then a projection says that. Steps run on frozen facts and frozen
 * states: a step that changes what is not its own fails. What does not hold throws an Error that shows the
 * difference; so it works in every test runner.
 */
import { freeze } from 'immer';
import type { ProblemCode } from '../../src/errors/codes.js';
import type { Problem } from '../../src/errors/trace-error.js';
import type { Fact, FactOf, FactType, ProblemFact } from '../../src/facts/facts.js';
import type { LearnedFactOf, LearnedType } from '../../src/facts/learned.js';
import { isWrite, type Remove, type Write } from '../../src/facts/writes.js';
import type { RolloutHeader, TableName, TraceRows } from '../../src/model/rollout-trace.js';
import { evolve } from '../../src/projections/evolve.js';
import type { Projection } from '../../src/projections/projection.js';
import { Containing, expectEqual } from '../../src/testing/expectation.js';

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
  readonly #said: readonly Fact[];
  #problemsNamed = false;

  constructor(said: readonly Fact[]) {
    this.#said = said;
  }

  /** Exactly these writes, in this order. */
  thenWrites(...writes: readonly Write[]): this {
    expectEqual('the writes differ', this.#fine().filter(isWrite), writes);
    return this;
  }

  /** Exactly these writes to one table. */
  thenWritesTo<T extends TableName>(
    table: T,
    ...writes: readonly (Extract<Write, { table: T }> | Remove)[]
  ): this {
    const toTable = this.#fine().filter((fact) => isWrite(fact) && 'table' in fact && fact.table === table);
    expectEqual(`the writes to ${table} differ`, toTable, writes);
    return this;
  }

  /** Exactly these learned facts, in this order. */
  thenLearns(...facts: readonly LearnedFactOf<Learns>[]): this {
    const learned = this.#fine().filter((fact) => !isWrite(fact) && fact.type !== 'problem');
    expectEqual('the learned facts differ', learned, facts);
    return this;
  }

  /** The learned facts of one type, to look at single fields. */
  learned<T extends Learns>(type: T): readonly LearnedFactOf<T>[] {
    return this.#fine().filter((fact): fact is LearnedFactOf<T> & Fact => fact.type === type);
  }

  /** Exactly these problems: by code, or by the fields that matter. */
  thenReports(...problems: readonly ExpectedProblem[]): this {
    this.#problemsNamed = true;
    const expected = problems.map((each) => new Containing(typeof each === 'string' ? { code: each } : each));
    expectEqual('the problems differ', problemsIn(this.#said), expected);
    return this;
  }

  thenNothing(): void {
    expectEqual('something was said', this.#said, []);
  }

  #fine(): readonly Fact[] {
    if (!this.#problemsNamed) expectEqual('there are problems', problemsIn(this.#said), []);
    return this.#said;
  }
}

export const problemsIn = (said: readonly Fact[]): readonly Problem[] =>
  said.filter((fact): fact is ProblemFact => fact.type === 'problem').map(({ problem }) => problem);

/** An insert of a row with these fields, whatever the others are. */
export const inserted = <T extends TableName>(
  table: T,
  id: string,
  fields: Partial<TraceRows[T]>,
): Extract<Write, { type: 'insert'; table: T }> => {
  const row: object = new Containing(fields);
  // It matches such a row.
  return { type: 'insert', table, id, row } as Extract<Write, { type: 'insert'; table: T }>;
};

export const headerSet = (fields: Partial<RolloutHeader>): Write => ({ type: 'set_header', fields });
