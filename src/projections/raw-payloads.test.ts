import { describe, it } from 'vitest';
import {
  missingPayload,
  otherEvent,
  payloadOf,
  payloadRefOf,
  protocolEventObserved,
  threadStarted,
  toolCallEnded,
} from '../../test/helpers/facts.js';
import { given } from '../../test/helpers/given.js';
import { insert } from '../facts/writes.js';
import { rawPayloads } from './raw-payloads.js';

const P1 = payloadRefOf('P1');

describe('raw payloads', () => {
  it('list what an event names, without opening it', () => {
    given(rawPayloads)
      .when(protocolEventObserved({ payload: missingPayload() }))
      .thenWrites(insert('raw_payloads', 'P1', P1));
  });

  it('list nothing for an event that names none', () => {
    given(rawPayloads)
      .when(threadStarted(), toolCallEnded({ result_payload: null }))
      .thenNothing();
  });

  it('list every payload of an event that the graph has no place for', () => {
    const P2 = payloadRefOf('P2');
    given(rawPayloads)
      .when(otherEvent({ payloads: [P2, P1] }))
      .thenWrites(insert('raw_payloads', 'P2', P2), insert('raw_payloads', 'P1', P1));
  });

  it('keep the last reference under an id', () => {
    const moved = { ...P1, path: 'payloads/other.json' };
    given(rawPayloads)
      .after(protocolEventObserved({ payload: payloadOf({}) }))
      .when(otherEvent({ payloads: [moved] }))
      .thenWrites(insert('raw_payloads', 'P1', moved));
  });
});
