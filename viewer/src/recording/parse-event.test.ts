import { expect, it } from 'vitest';
import { parseEvent } from './parse-event.js';

it('reads an event, and nothing of what is no JSON', () => {
  expect(parseEvent('{"seq":1}')).toEqual({ seq: 1 });
  expect(parseEvent('{"seq":1')).toBeUndefined();
});
