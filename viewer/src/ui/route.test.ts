import { describe, expect, it } from 'vitest';
import { printRoute, readRoute, START, type Route } from './route.js';

describe('an address', () => {
  it.each<Partial<Route>>([
    {},
    { view: 'events', event: 7 },
    { at: 0 },
    { thread: 'T & U', selected: { table: 'tool_calls', id: 'call:1#x' } },
    { selected: { table: 'threads', id: '__proto__' } },
    {
      filters: {
        timeline: {
          hidden: ['turn', 'cell'],
          standing: 'failed',
          thread: 'T & U',
          axis: 'events',
          range: [-0.25, 12.5],
        },
        conversation: { kind: 'function call', density: 'in full' },
        events: { type: 'inference_failed', thread: '__proto__', status: 'failed' },
      },
    },
  ])('leads back to %j', (change) => {
    const route = { ...START, ...change };
    expect(readRoute(printRoute(route))).toEqual(route);
  });

  it('says nothing of filters that leave nothing out', () => {
    expect(printRoute(START)).toBe('#view=timeline');
  });

  it.each([
    '',
    '#',
    '#view=nothing&at=-1&object=secrets:1&event=x',
    '#at=99999999999999999999',
    '#timeline.hidden=all,none&timeline.standing=x&timeline.axis=&conversation.density=more&events.type=',
    '#timeline.range=1',
    '#timeline.range=2,1',
    '#timeline.range=1,1',
    '#timeline.range=NaN,Infinity',
    '#timeline.range=1e3,1e4',
    '#timeline.range=1,99999999999999999999',
  ])('of no sense shows the beginning: %s', (hash) => {
    expect(readRoute(hash)).toEqual(START);
  });
});
