import { describe, expect, it } from 'vitest';
import { printRoute, readRoute, START, type Route } from './route.js';

describe('an address', () => {
  it.each<Partial<Route>>([
    {},
    { view: 'events', event: 7 },
    { at: 0 },
    { thread: 'T & U', selected: { table: 'tool_calls', id: 'call:1#x' } },
    { selected: { table: 'threads', id: '__proto__' } },
  ])('leads back to %j', (change) => {
    const route = { ...START, ...change };
    expect(readRoute(printRoute(route))).toEqual(route);
  });

  it.each(['', '#', '#view=nothing&at=-1&object=secrets:1&event=x', '#at=99999999999999999999'])(
    'of no sense shows the beginning: %s',
    (hash) => {
      expect(readRoute(hash)).toEqual(START);
    },
  );
});
