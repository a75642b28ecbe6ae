import { enableMapSet, freeze, produce } from 'immer';
import type { Fact, FactType } from '../facts/facts.js';
import { isRead, settled } from '../projections/evolve.js';
import type { Gate, Sluice } from './gate.js';

enableMapSet();

/** A gate and what it holds. */
export interface GateState<State extends object> {
  readonly decisions: State;
  readonly lanes: ReadonlyMap<string, readonly Fact[]>;
}

/**
 * One step of a gate with nothing mutated; `fact` null closes it. Out come the facts that pass, or are set
 * free, in their place, and the problems that the gate reports.
 */
export const evolveGate = <State extends object, Reads extends FactType>(
  gate: Gate<State, Reads>,
  state: GateState<State>,
  fact: Fact | null,
): readonly [next: GateState<State>, passed: readonly Fact[], made: readonly Fact[]] => {
  if (fact !== null && !isRead(gate, fact)) return [state, [fact], []];
  const passed: Fact[] = [];
  const made: Fact[] = [];
  const lanes = new Map(state.lanes);
  const pass = (through: Fact): void => void passed.push(settled(through));
  const sluice: Sluice = {
    pass,
    passBy: pass,
    report: (reported) => made.push(settled(reported)),
    hold: (lane, held) => lanes.set(lane, [...(lanes.get(lane) ?? []), settled(held)]),
    release(lane, revise) {
      passed.push(...revise(lanes.get(lane) ?? []).map(settled));
      lanes.delete(lane);
    },
  };
  const decisions = produce(freeze(state.decisions, true), (draft) => {
    // A draft of a state is a state, as in `evolve`.
    if (fact === null) gate.close(draft as State, sluice);
    else gate.decide(draft as State, fact, sluice);
  });
  return [{ decisions, lanes }, passed, made];
};
