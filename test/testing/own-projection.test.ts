import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineProjection } from '../../src/index.js';
import { bundleOf, factsOf, given, sessions, stateConfluence, stateIsFold } from '../../src/testing/index.js';
import { toolEnded, toolStarted } from '../helpers/learned.js';

const schema = { schema: 2 } as const;
const few = { seed: 1, numRuns: 40, endOnFailure: true, includeErrorInReport: true } as const;

const running = defineProjection({
  reads: ['tool_started', 'tool_ended'],
  initial: () => ({ calls: new Map<string, string>(), ended: 0 }),
  step(state, fact) {
    if (fact.type === 'tool_started') state.calls.set(fact.tool_call_id, fact.thread_id);
    else if (state.calls.delete(fact.tool_call_id)) state.ended += 1;
  },
});

// Shown in docs/write-a-projection.md: change both.
it('remembers a tool while it runs', () => {
  const remembered = fc.property(sessions({ schema: 2 }), (session) => {
    const first = factsOf(bundleOf(session)).find((fact) => fact.type === 'tool_started');
    if (!first) return;
    const calls = new Map([[first.tool_call_id, first.thread_id]]);
    given(running).when(first).thenState({ calls, ended: 0 });
  });
  fc.assert(remembered, { numRuns: 20 });
});

it('keeps the laws', () => {
  fc.assert(stateIsFold(running, { schema: 2 }), { numRuns: 20 });
  fc.assert(stateConfluence(running, { schema: 2 }), { numRuns: 20 });
});

describe('given, when, then of a projection of a user', () => {
  const started = given(running).after(
    toolStarted({ tool_call_id: 'X2' }),
    toolStarted({ tool_call_id: 'X3' }),
  );

  it('hold where the state is what was expected, whatever the order in its collections', () => {
    const calls = new Map([
      ['X3', 'T1'],
      ['X2', 'T1'],
    ]);
    expect(() => started.when().thenState({ calls, ended: 0 })).not.toThrow();
    expect(() => started.when(toolEnded({ tool_call_id: 'unknown' })).thenNothing()).not.toThrow();
  });

  it('show what was expected and what was found', () => {
    const calls = new Map([['X3', 'T2']]);
    const ended = started.when(toolEnded({ tool_call_id: 'X2' }));
    expect(() => ended.thenState({ calls, ended: 1 })).toThrow(/the states differ.*-\s+"T2"\n\+\s+"T1"/su);
    expect(() => ended.thenState({ calls: new Map(), ended: 1 })).toThrow('the states differ');
    expect(() => ended.thenNothing()).toThrow('the state changed');
  });
});

describe('a law of projections of a user', () => {
  it('finds one that keeps something outside of its state', () => {
    let seen = 0;
    const forgetful = defineProjection({
      reads: ['tool_started'],
      initial: () => ({ seen: 0 }),
      step(state) {
        seen += 1;
        state.seen = seen;
      },
    });
    expect(() => fc.assert(stateIsFold(forgetful, schema), few)).toThrow('the state differs');
  });

  it('finds one that changes a fact', () => {
    const careless = defineProjection({
      reads: ['thread_started'],
      initial: () => ({}),
      step: (_state, fact) => void Object.assign(fact.body, { agent_path: '/other' }),
    });
    expect(() => fc.assert(stateIsFold(careless, schema), few)).toThrow('read only');
  });

  it('finds one that keeps the order of concurrent events', () => {
    const ordered = defineProjection({
      reads: ['tool_started', 'tool_ended', 'turn_ended'],
      initial: () => ({ types: [] as string[] }),
      step: (state, fact) => void state.types.push(fact.type),
    });
    expect(() => fc.assert(stateConfluence(ordered, schema), few)).toThrow('another order of the events');
  });
});
