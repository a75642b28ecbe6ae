import { expect, it } from 'vitest';
import { ending } from './ending.js';

it('ends a log that says so at once, and only then', () => {
  const end = ending({ isSealed: true, quietMs: 100, idleMs: Infinity });
  end.see('rollout_ended');
  expect(end.isOver(1000)).toBe(false);
  end.see('recording_completed');
  expect(end.isOver(0)).toBe(true);
});

it('ends any other log when nothing came for a while behind the end of the rollout', () => {
  const end = ending({ isSealed: false, quietMs: 100, idleMs: Infinity });
  end.see('thread_ended');
  expect(end.isOver(1000)).toBe(false);
  end.see('rollout_ended');
  end.see('tool_call_runtime_ended');
  expect(end.isOver(99)).toBe(false);
  expect(end.isOver(100)).toBe(true);
});

it.each([true, false])(
  'ends a log that says nothing of its end only where that is wanted (sealed: %j)',
  (isSealed) => {
    const end = ending({ isSealed, quietMs: 100, idleMs: 5000 });
    end.see('thread_ended');
    expect(end.isOver(4999)).toBe(false);
    expect(end.isOver(5000)).toBe(true);
  },
);
