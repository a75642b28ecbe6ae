import { expect, it } from 'vitest';
import { parseEvent } from './parse-event.js';

it('gives what is no JSON to the reduction as it is', () => {
  expect(parseEvent('{"seq":1')).toBe('{"seq":1');
  expect(parseEvent('{"seq":1}')).toEqual({ seq: 1 });
});
