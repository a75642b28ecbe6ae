import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as facts from '../../test/helpers/facts.js';
import { schema1Events } from '../model/schema-1-events.js';
import { rawTraceEventSchemas } from '../model/raw-event.js';
import { acceptsAsIs, readKnown } from './acceptor.js';

const envelope = {
  schema_version: 1,
  seq: 5,
  wall_time_unix_ms: 1050,
  rollout_id: 'r',
  thread_id: 'T1',
  codex_turn_id: null,
};
const events = [
  facts.rolloutStarted(),
  facts.rolloutEnded(),
  facts.threadStarted({ payload: facts.payloadOf({}) }),
  facts.threadEnded(),
  facts.turnStarted(),
  facts.turnEnded(),
  facts.inferenceStarted(),
  facts.inferenceCompleted(),
  facts.inferenceFailed(),
  facts.inferenceCancelled({ upstream_request_id: null }),
  facts.toolCallStarted({ kind: { type: 'mcp', server: 's', tool: 't' } }),
  facts.toolCallStarted({ requester: { type: 'code_cell', runtime_cell_id: '1' }, kind: { type: 'web' } }),
  facts.mcpCorrelated(),
  facts.toolRuntimeBegan(),
  facts.toolRuntimeFinished(),
  facts.toolCallEnded(),
  facts.cellStarted(),
  facts.cellResponded(),
  facts.cellEnded(),
  facts.compactionRequestStarted(),
  facts.compactionRequestCompleted(),
  facts.compactionRequestFailed(),
  facts.compactionInstalled(),
  facts.agentResultObserved(),
  facts.protocolEventObserved(),
  facts.otherEvent({ payloads: [facts.payloadRefOf('P1')], metadata: { any: [1] } }),
].map(({ body }) => ({ ...envelope, payload: body }));

/** The event with its keys in the order of the format, as recorders write it. */
const asRecorded = (event: unknown): unknown => rawTraceEventSchemas[1].parse(event);
const accepts = (event: unknown): boolean => acceptsAsIs(rawTraceEventSchemas[1], event);

describe('an event that is spelled as recorders spell it', () => {
  it.each(events.map((event) => [event.payload.type, event] as const))(
    'is taken as it is: %s',
    (_type, event) => {
      const recorded = asRecorded(event);
      expect(accepts(recorded)).toBe(true);
      expect(JSON.stringify(asRecorded(recorded))).toBe(JSON.stringify(recorded));
    },
  );

  it('may be of any type', () => {
    expect(new Set(events.map(({ payload }) => payload.type))).toEqual(
      new Set(schema1Events.map(({ shape }) => shape.type.value)),
    );
  });

  it('may leave out what may be missing', () => {
    const { thread_id: _thread, codex_turn_id: _turn, ...rest } = envelope;
    expect(accepts({ ...rest, payload: { type: 'rollout_ended', status: 'failed' } })).toBe(true);
  });
});

describe('an event that the schema must look at', () => {
  const ended = { type: 'rollout_ended', status: 'failed' };

  it.each<[string, unknown]>([
    ['an unknown key', { ...envelope, payload: ended, x: 1 }],
    ['an unknown key within', { ...envelope, payload: { ...ended, x: 1 } }],
    ['a key of the prototype', { ...envelope, payload: { ...ended, toString: 1 } }],
    ['keys in another order', { ...envelope, payload: { status: 'failed', type: 'rollout_ended' } }],
    ['a missing key', { ...envelope, payload: { type: 'rollout_ended' } }],
    ['an unknown type', { ...envelope, payload: { type: 'nope' } }],
    ['an unknown status', { ...envelope, payload: { ...ended, status: 'cancelled' } }],
    ['null for what must be there', { ...envelope, rollout_id: null, payload: ended }],
    ['a number that is no integer', { ...envelope, seq: 1.5, payload: ended }],
    ['a number that is too large to be exact', { ...envelope, seq: 2 ** 53, payload: ended }],
    ['a list for an object', { ...envelope, payload: ['rollout_ended', 'failed'] }],
    ['no object', null],
  ])('has %s', (_what, event) => {
    expect(accepts(event)).toBe(false);
  });

  it('has a schema that changes or checks what it reads', () => {
    expect(acceptsAsIs(z.string().transform(Number), 'a')).toBe(false);
    expect(acceptsAsIs(z.string().default('a'), 'a')).toBe(false);
    expect(acceptsAsIs(z.string().min(2), 'ab')).toBe(false);
  });
});

/** An object somewhere in the value, edited: a member dropped, added, replaced, or moved to the end. */
const editedSomewhere = (value: unknown, edit: Edit): unknown => {
  const [step, ...steps] = edit.path;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const key = keys[(step ?? 0) % (keys.length || 1)] ?? edit.key;
  const { [key]: member, ...others } = value as Record<string, unknown>;
  if (step !== undefined && typeof member === 'object' && member !== null && steps.length > 0) {
    return { ...value, [key]: editedSomewhere(member, { ...edit, path: steps }) };
  }
  switch (edit.what) {
    case 'drop':
      return others;
    case 'add':
      return { ...value, [edit.key]: edit.value };
    case 'replace':
      return { ...value, [key]: edit.value };
    case 'move':
      return { ...others, [key]: member };
  }
};
interface Edit {
  readonly path: readonly number[];
  readonly what: 'drop' | 'add' | 'replace' | 'move';
  readonly key: string;
  readonly value: unknown;
}
const anyEdit: fc.Arbitrary<Edit> = fc.record({
  path: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
  what: fc.constantFrom('drop', 'add', 'replace', 'move'),
  key: fc.constantFrom('type', 'value', 'thread_id', 'other', 'toString'),
  value: fc.oneof(fc.constantFrom(null, 1, 'x', -1, 2 ** 53, 'mcp', []), fc.jsonValue({ maxDepth: 2 })),
});

it('never says other than the schema, whatever was edited', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.constantFrom(...events), fc.array(anyEdit, { maxLength: 2 }), (event, edits) => {
      const value: unknown = edits.reduce(editedSomewhere, asRecorded(event));
      const known = readKnown(rawTraceEventSchemas[1], value);
      if (accepts(value)) {
        taken += 1;
        expect(JSON.stringify(rawTraceEventSchemas[1].parse(value))).toBe(JSON.stringify(value));
      }
      if (known !== undefined) expect(known).toEqual(rawTraceEventSchemas[1].parse(value));
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(100);
});
