import { describe, expect, it } from 'vitest';
import { unresolved } from '../../test/helpers/facts.js';
import { threadAppeared, turnAppeared, turnOver } from '../../test/helpers/learned.js';
import { evolveGate, type GateState } from './evolve-gate.js';
import { defineGate } from './gate.js';

/** Holds turns by their thread until it appears, and remembers the first. */
const turnsWait = defineGate({
  name: 'turnsWait',
  reads: ['turn_appeared', 'thread_appeared'],
  learns: [],
  initial: (): { readonly held: { turn: string }[] } => ({ held: [] }),
  decide(state, fact, sluice) {
    if (fact.type === 'turn_appeared') {
      state.held.push({ turn: fact.codex_turn_id });
      sluice.hold(fact.thread_id, fact);
      return;
    }
    sluice.pass(fact);
    sluice.release(fact.thread_id, (held) => held.toReversed());
  },
  close(state, sluice) {
    const [first] = state.held;
    if (first) sluice.report(givenUp(first.turn));
  },
});
const givenUp = (entity: string) => unresolved({ entity, waitsFor: 'a thread' });
const start: GateState<ReturnType<typeof turnsWait.initial>> = {
  decisions: turnsWait.initial(),
  lanes: new Map(),
};
const [holding] = evolveGate(turnsWait, start, turnAppeared());

describe('one step of a gate', () => {
  it('lets through what the gate does not read', () => {
    expect(evolveGate(turnsWait, start, turnOver())).toEqual([start, [turnOver()], []]);
  });

  it('holds facts in their lanes, and releases a lane once', () => {
    const other = turnAppeared({ codex_turn_id: 'U2' });
    const [both] = evolveGate(turnsWait, holding, other);
    const [after, sent] = evolveGate(turnsWait, both, threadAppeared());
    expect(sent).toEqual([threadAppeared(), other, turnAppeared()]);
    expect(evolveGate(turnsWait, after, threadAppeared()).slice(1)).toEqual([[threadAppeared()], []]);
  });

  it('releases nothing of another lane', () => {
    const elsewhere = threadAppeared({ thread_id: 'T2' });
    expect(evolveGate(turnsWait, holding, elsewhere).slice(1)).toEqual([[elsewhere], []]);
  });

  it('leaves the state before as it was', () => {
    evolveGate(turnsWait, holding, threadAppeared());
    expect(holding.lanes.get('T1')).toEqual([turnAppeared()]);
    expect(start.lanes.size).toBe(0);
    expect(start.decisions.held).toEqual([]);
  });

  it('closes the gate where the log ends', () => {
    expect(evolveGate(turnsWait, holding, null)[2]).toEqual([givenUp('U1')]);
    expect(evolveGate(turnsWait, start, null)[2]).toEqual([]);
  });
});
