import { describe, expect, it } from 'vitest';
import { missingPayload, payloadOf, protocolEventObserved, rolloutEnded } from '../../test/helpers/facts.js';
import { givenGate } from '../../test/helpers/given.js';
import { TraceError, type Problem } from '../errors/trace-error.js';
import type { Fact } from '../facts/facts.js';
import { evolveGate } from './evolve-gate.js';
import { unreadPayloads } from './unread-payloads.js';

const named = (payload: ReturnType<typeof payloadOf>, seq = 1) => protocolEventObserved({ payload, seq });
const gate = givenGate(unreadPayloads);

const after = (fact: Fact) =>
  evolveGate(unreadPayloads, { decisions: unreadPayloads.initial(), lanes: new Map() }, fact)[0];

const problemOf = (read: () => unknown): Problem | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof TraceError) return error.problem;
    throw error;
  }
};

describe('evidence that nobody read', () => {
  it('passes with its event, whatever it is', () => {
    const broken = named(payloadOf('{'));
    gate.when(broken, rolloutEnded()).thenSends(broken, rolloutEnded());
  });

  it.each([
    ['is JSON', payloadOf({ any: [1] })],
    ['is nested as deep as it likes', payloadOf('['.repeat(1000) + ']'.repeat(1000))],
    ['has a number that nobody could hold', payloadOf('1e400')],
    ['has half a character', payloadOf('"\\ud800"')],
    ['repeats a key', payloadOf('{"a":1,"a":2}')],
  ])('is in place where it %s', (_what, payload) => {
    gate.after(named(payload)).atEnd().thenSends();
  });

  it.each([
    ['is missing', missingPayload(), 'payload_missing'],
    ['is empty', payloadOf(''), 'payload_invalid'],
    ['is no JSON', payloadOf('{'), 'payload_invalid'],
    ['goes on behind its JSON', payloadOf('{} {}'), 'payload_invalid'],
  ] as const)('is told of at the end of the log where it %s', (_what, payload, code) => {
    gate.after(named(payload)).atEnd().thenReports(code);
  });

  it('is told of for each payload, in the order of the events', () => {
    gate
      .after(named(payloadOf('{', 'P2')), named(missingPayload('P1')), named(payloadOf({}, 'P3')))
      .atEnd()
      .thenReports('payload_invalid', 'payload_missing');
  });

  it('counts as another payload under the same id says, the last of all', () => {
    gate
      .after(named(payloadOf('{')), named(payloadOf({})))
      .atEnd()
      .thenSends();
    gate
      .after(named(payloadOf({})), named(payloadOf('{')))
      .atEnd()
      .thenReports('payload_invalid');
    gate
      .after(named(missingPayload()), named(payloadOf('{')))
      .atEnd()
      .thenReports('payload_invalid');
  });
});

describe('evidence that was read', () => {
  it('in vain is told of by the very problem of its reader, which counts once', () => {
    const broken = payloadOf('{');
    const problem = problemOf(() => broken.read());
    const [, , said] = evolveGate(unreadPayloads, after(named(broken)), null);
    expect(said.map((fact) => (fact.type === 'problem' ? fact.problem : fact))).toEqual([problem]);
    expect(problemOf(() => broken.verify())).toBe(problem);
  });

  it('in vain, because no step reads what is nested so deep, is in place', () => {
    const deep = payloadOf('['.repeat(1000) + ']'.repeat(1000));
    expect(problemOf(() => deep.read())?.code).toBe('payload_invalid');
    gate.after(named(deep)).atEnd().thenSends();
  });
});
