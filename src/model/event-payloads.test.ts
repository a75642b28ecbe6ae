import { describe, expect, it } from 'vitest';
import * as facts from '../../test/helpers/facts.js';
import { payloadRef, payloadRefs } from './event-payloads.js';
import { rawEventTypes } from './raw-event.js';

const payload = facts.payloadOf({}, 'P7');
const withPayload = [
  facts.threadStarted({ payload }),
  facts.itemAccepted({ payload }),
  facts.inferenceStarted({ payload }),
  facts.inferenceCompleted({ payload }),
  facts.inferenceFailed({ payload }),
  facts.inferenceCancelled({ payload }),
  facts.toolCallStarted({ payload }),
  facts.toolRuntimeBegan({ payload }),
  facts.toolRuntimeFinished({ payload }),
  facts.toolCallEnded({ payload }),
  facts.cellResponded({ payload }),
  facts.cellEnded({ payload }),
  facts.compactionRequestStarted({ payload }),
  facts.compactionRequestCompleted({ payload }),
  facts.compactionInstalled({ payload }),
  facts.agentResultObserved({ payload }),
  facts.protocolEventObserved({ payload }),
];
const mayBeWithout = [
  facts.threadStarted(),
  facts.itemAccepted(),
  facts.inferenceFailed(),
  facts.inferenceCancelled(),
  facts.toolCallStarted(),
  facts.toolCallEnded(),
  facts.cellResponded(),
  facts.cellEnded(),
  facts.agentResultObserved(),
];
const without = [
  facts.rolloutStarted(),
  facts.rolloutEnded(),
  facts.recordingCompleted(),
  facts.threadEnded(),
  facts.threadResumed(),
  facts.turnStarted(),
  facts.turnEnded(),
  facts.mcpCorrelated(),
  facts.stdinTargetResolved(),
  facts.cellStarted(),
  facts.compactionRequestFailed(),
];

describe('the payload of an event', () => {
  it.each(withPayload.map((fact) => [fact.type, fact] as const))(
    'is the one that %s names',
    (_type, { body }) => {
      expect(payloadRef(body)).toEqual(payload.ref);
      expect(payloadRefs(body)).toEqual([payload.ref]);
    },
  );

  it.each([...mayBeWithout, ...without].map((fact) => [fact.type, fact] as const))(
    'is none for a %s without one',
    (_type, { body }) => {
      expect(payloadRef(body)).toBeNull();
      expect(payloadRefs(body)).toEqual([]);
    },
  );

  it('are all that another event lists, though its reduction reads none', () => {
    const payloads = [facts.payloadRefOf('P1'), facts.payloadRefOf('P2')];
    const { body } = facts.otherEvent({ payloads });
    expect(payloadRefs(body)).toEqual(payloads);
    expect(payloadRef(body)).toBeNull();
  });

  it('is known for every type of event', () => {
    const types = [...withPayload, ...without].map(({ type }) => type);
    expect(new Set([...types, 'other'])).toEqual(new Set(rawEventTypes));
  });
});
