import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../test/helpers/facts.js';
import { mayHoldMessage, readArguments, readInvokedMessage } from './invoked-message.js';

describe('the arguments of a call', () => {
  it('are JSON in a string', () => {
    expect(readArguments(bodyOf({ payload: { arguments: '{}' } }))).toBe('{}');
  });

  it.each([[{}], [{ payload: {} }], [{ payload: { arguments: { message: 'hello' } } }], ['null']])(
    'are not there in %j',
    (invocation) => {
      expect(readArguments(bodyOf(invocation))).toBeUndefined();
    },
  );
});

describe('the message that a tool was called with', () => {
  it.each([
    ['{"target":"/root/child","message":"hello"}', 'hello'],
    ['{"message":""}', ''],
    ['{"mess\\u0061ge":"hello"}', 'hello'],
    [' ["hello"]', 'hello'],
    ['{"$serde_json::private::Number":"x","message":"hello"}', 'hello'],
  ])('stands in %s', (text, message) => {
    expect(readInvokedMessage(text)).toEqual({ message });
    expect(mayHoldMessage(text)).toBe(true);
  });

  it.each(['', '{message}', '{}', '{"message":null}', '{"message":"a","message":"b"}', '["hello",1]'])(
    'is missing in %s',
    (text) => {
      expect(readInvokedMessage(text)).toHaveProperty('issue');
    },
  );

  it('is not looked for where no argument has its name', () => {
    expect(mayHoldMessage('{"command":["ls"]}')).toBe(false);
  });
});
