import { describe, expect, it } from 'vitest';
import { payloadRefOf } from '../../test/helpers/facts.js';
import { isTraceError } from '../errors/trace-error.js';
import { memoryPayloadStore } from './memory-store.js';

describe('payloads in memory', () => {
  const store = memoryPayloadStore(
    new Map([
      ['payloads/P1.json', '{}'],
      ['payloads/P2.json', ''],
    ]),
  );

  it('are found by their path', () => {
    expect(store.readNow(payloadRefOf('P1'))).toBe('{}');
    expect(store.readNow(payloadRefOf('P2'))).toBe('');
    expect(store.readNow({ ...payloadRefOf('other'), path: 'payloads/P1.json' })).toBe('{}');
  });

  it('are missing where the path is unknown', () => {
    const read = () => store.readNow(payloadRefOf('P3'));
    expect(read).toThrow('payload P3 is not in the bundle');
    try {
      read();
    } catch (error) {
      expect(isTraceError(error, 'payload_missing') && error.problem).toMatchObject({
        file: 'payloads/P3.json',
        entity: 'P3',
      });
    }
  });
});
