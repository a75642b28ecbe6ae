import { describe, expect, it } from 'vitest';
import { threadEnded, threadStarted } from '../../test/helpers/facts.js';
import { threadAppeared } from '../../test/helpers/learned.js';
import type { TraceAnchor } from '../model/interaction.js';
import { patch } from '../facts/writes.js';
import { evolve } from './evolve.js';
import { defineProjection } from './projection.js';

/** Remembers threads, and says with each what it knew before. */
const threads = defineProjection({
  name: 'threads',
  reads: ['thread_started'],
  learns: ['thread_appeared'],
  initial: (): { readonly seen: TraceAnchor[]; readonly ids: Set<string> } => ({ seen: [], ids: new Set() }),
  step(state, fact, emit) {
    const { thread_id, agent_path } = fact.body;
    if (state.ids.has(thread_id)) return;
    const [first] = state.seen;
    if (first) emit(patch('interaction_edges', 'E1', { source: first, carried_item_ids: [...state.ids] }));
    state.ids.add(thread_id);
    state.seen.push({ type: 'thread', thread_id });
    emit({ type: 'thread_appeared', at: fact.at, thread_id, agent_path });
  },
});
const [before] = evolve(threads, threads.initial(), threadStarted());

describe('one step of a projection', () => {
  it('gives a new state, and leaves the one before as it was', () => {
    const [after] = evolve(threads, before, threadStarted({ thread_id: 'T2' }));
    expect(after.seen).toHaveLength(2);
    expect(before.seen).toHaveLength(1);
    expect([...before.ids]).toEqual(['T1']);
  });

  it('gives what was emitted, in its order, even where it is a part of the state', () => {
    const [, emitted] = evolve(threads, before, threadStarted({ thread_id: 'T2' }));
    expect(emitted).toEqual([
      patch('interaction_edges', 'E1', {
        source: { type: 'thread', thread_id: 'T1' },
        carried_item_ids: ['T1'],
      }),
      threadAppeared({ thread_id: 'T2' }),
    ]);
  });

  it('gives the very same state where nothing changed', () => {
    expect(evolve(threads, before, threadStarted())).toEqual([before, []]);
    expect(evolve(threads, before, threadStarted())[0]).toBe(before);
  });

  it('is not taken for a fact that the projection does not read', () => {
    const [after, emitted] = evolve(threads, before, threadEnded());
    expect(after).toBe(before);
    expect(emitted).toEqual([]);
  });

  it('freezes states and facts, so that a step which changes another one fails', () => {
    const [after, emitted] = evolve(threads, before, threadStarted({ thread_id: 'T2' }));
    expect(Object.isFrozen(after.seen)).toBe(true);
    expect(emitted.every((fact) => Object.isFrozen(fact))).toBe(true);
    expect(() => after.ids.add('T3')).toThrow();
  });
});
