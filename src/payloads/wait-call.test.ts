import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { readWaitedCell } from './wait-call.js';

const wait = (args: unknown, tool_name: unknown = 'wait') =>
  readWaitedCell(bodyOf({ tool_name, payload: { type: 'function', arguments: args } }));

describe('a call of wait', () => {
  it('names its cell in its arguments', () => {
    expect(wait(' {"cell_id":"7","cell_id":"8"} ')).toEqual({ runtime_cell_id: '8' });
    expect(wait('{"cell_id":""}')).toEqual({ runtime_cell_id: '' });
  });

  it.each(['wait_agent', null, ['wait']])('is none where the tool is %j', (tool_name) => {
    expect(wait('{"cell_id":"7"}', tool_name)).toBeUndefined();
  });

  it('is none where the invocation is no object', () => {
    expect(readWaitedCell(bodyOf([]))).toBeUndefined();
  });

  it.each([
    [undefined, 'did not contain function arguments'],
    [{ cell_id: '7' }, 'did not contain function arguments'],
    ['', /^had invalid JSON arguments: /],
    ['{"cell_id":"\\ud800"}', /^had invalid JSON arguments: /],
    ['{}', 'did not contain cell_id'],
    ['[]', 'did not contain cell_id'],
    ['"7"', 'did not contain cell_id'],
    ['{"cell_id":7}', 'did not contain cell_id'],
  ])('says what is wrong with %j', (args, issue) => {
    const expected = typeof issue === 'string' ? issue : expect.stringMatching(issue);
    expect(wait(args)).toEqual({ issue: expected });
  });
});
