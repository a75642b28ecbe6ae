import { describe, expect, it } from 'vitest';
import { call, wireItem } from './items.js';
import { readRequest } from './request.js';

const request = readRequest(
  {
    input: [{ type: 'additional_tools', tools: [{ type: 'custom', name: 'exec' }] }],
    tools: [
      { type: 'function', name: 'mcp__words__reverse' },
      { type: 'namespace', name: 'collaboration', tools: [{ type: 'function', name: 'spawn_agent' }] },
    ],
  },
  {},
);

describe('the place of a tool', () => {
  it.each([
    ['exec', { name: 'exec' }],
    ['reverse', { name: 'mcp__words__reverse' }],
    ['spawn_agent', { name: 'spawn_agent', namespace: 'collaboration' }],
    ['nowhere', undefined],
  ])('of %s is %j', (name, place) => {
    expect(request.placeOf(name)).toEqual(place);
  });

  it('stands in a call, which names its own where the tool is not offered', () => {
    expect(wireItem(call('spawn_agent', { a: 1 }), request, '1_0')).toEqual({
      type: 'function_call',
      id: 'fc_1_0',
      call_id: 'call_1_0',
      name: 'spawn_agent',
      namespace: 'collaboration',
      arguments: '{"a":1}',
    });
    const hidden = call({ name: 'hidden', namespace: 'found' }, {});
    expect(wireItem(hidden, request, '1_1')).toMatchObject({ name: 'hidden', namespace: 'found' });
  });
});
