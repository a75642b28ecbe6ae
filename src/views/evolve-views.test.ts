import { describe, expect, it } from 'vitest';
import { threadStarted, turnEnded } from '../../test/helpers/facts.js';
import { threadAppeared, toolEnded, toolStarted } from '../../test/helpers/learned.js';
import { evolveView, evolveViews, initialViews } from './evolve-views.js';
import { defineOwnProjection } from './own-projection.js';

interface Running {
  calls: Set<string>;
  threads: Record<string, { ended: number }>;
}

/** Tool calls that run, and how many ended in each thread. */
const running = defineOwnProjection({
  reads: ['thread_started', 'tool_started', 'tool_ended'],
  initial: (): Running => ({ calls: new Set(), threads: {} }),
  step(state, fact) {
    switch (fact.type) {
      case 'thread_started':
        state.threads[fact.body.thread_id] = { ended: 0 };
        return;
      case 'tool_started':
        state.calls.add(fact.tool_call_id);
        return;
      case 'tool_ended': {
        state.calls.delete(fact.tool_call_id);
        const thread = state.threads[fact.thread_id];
        if (thread) thread.ended += 1;
      }
    }
  },
});
const threads = defineOwnProjection({
  reads: ['thread_appeared'],
  initial: () => ({ count: 0 }),
  step(state) {
    state.count += 1;
  },
});

const start: Running = Object.freeze({ calls: new Set<string>(), threads: {} });

describe('a view', () => {
  it('is folded from the facts that its projection reads, events and learned ones', () => {
    const facts = [threadStarted(), toolStarted(), toolStarted({ tool_call_id: 'X2' }), toolEnded()];
    expect(evolveView(running, start, facts)).toEqual({
      calls: new Set(['X2']),
      threads: { T1: { ended: 1 } },
    });
    expect(start).toEqual({ calls: new Set(), threads: {} });
  });

  it('is the same whether facts come one by one or together', () => {
    const facts = [threadStarted(), toolStarted(), toolEnded(), toolStarted({ tool_call_id: 'X2' })];
    const oneByOne = facts.reduce((state, fact) => evolveView(running, state, [fact]), running.initial());
    expect(oneByOne).toEqual(evolveView(running, running.initial(), facts));
  });

  it('stays the same object while nothing changes it, and so does what is in it', () => {
    const before = evolveView(running, start, [threadStarted(), toolStarted()]);
    expect(evolveView(running, before, [threadAppeared(), turnEnded()])).toBe(before);
    expect(evolveView(running, before, [toolStarted()])).toBe(before);
    const after = evolveView(running, before, [toolStarted({ tool_call_id: 'X2' })]);
    expect(after).not.toBe(before);
    expect(after.threads).toBe(before.threads);
  });

  it('cannot be changed from outside', () => {
    const { threads: shown, calls } = evolveView(running, start, [threadStarted(), toolStarted()]);
    expect(() => {
      shown['T1'] = { ended: 7 };
    }).toThrow(TypeError);
    expect(() => calls.add('X9')).toThrow('frozen');
  });
});

describe('views', () => {
  const projections = { running, threads };
  const initial = initialViews(projections);

  it('begin with what their projections begin with, under their names', () => {
    expect(initial).toEqual({ running: start, threads: { count: 0 } });
    expect(initialViews(undefined)).toEqual({});
  });

  it('are frozen from the beginning', () => {
    expect(Object.isFrozen(initial)).toBe(true);
    expect(Object.isFrozen(initial.threads)).toBe(true);
  });

  it('stay the same object while none of them changes, and each for itself', () => {
    expect(evolveViews(projections, initial, [turnEnded()])).toBe(initial);
    const next = evolveViews(projections, initial, [threadAppeared()]);
    expect(next).toEqual({ running: start, threads: { count: 1 } });
    expect(next.running).toBe(initial.running);
  });
});

describe('a projection of a user', () => {
  it('is refused where it reads what is no fact, or one that we do not stand by', () => {
    const reading = (type: string) => () =>
      defineOwnProjection({
        // What plain JavaScript may do.
        reads: [type as 'tool_ended'],
        initial: () => ({}),
        step() {},
      });
    expect(reading('tool_finished')).toThrow(new TypeError('there is no fact tool_finished to read'));
    expect(reading('request_read')).toThrow(new TypeError('there is no fact request_read to read'));
    expect(reading('tool_ended')).not.toThrow();
  });
});
