import { describe, expect, it } from 'vitest';
import { missingPayload, payloadOf } from '../../test/helpers/facts.js';
import { payloadValue } from './payload-value.js';

describe('the value of a payload', () => {
  it('is the JSON in it', () => {
    expect(payloadValue(payloadOf({ a: [1] }))).toEqual({ a: [1] });
  });

  it('is undefined where there is none, and where it cannot be read', () => {
    expect(payloadValue(null)).toBeUndefined();
    expect(payloadValue(missingPayload())).toBeUndefined();
    expect(payloadValue(payloadOf('{"torn'))).toBeUndefined();
  });
});
