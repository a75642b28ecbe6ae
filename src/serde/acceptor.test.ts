import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import * as facts from '../../test/helpers/facts.js';
import type { RawFact } from '../facts/facts.js';
import { rawTraceEventSchemas } from '../model/raw-event.js';
import { eventTypesOf } from '../model/common-events.js';
import { schema1Events } from '../model/schema-1-events.js';
import { schema2Events } from '../model/schema-2-events.js';
import { acceptsAsIs, readKnown } from './acceptor.js';

const envelope = {
  schema_version: 1,
  seq: 5,
  wall_time_unix_ms: 1050,
  rollout_id: 'r',
  thread_id: 'T1',
  codex_turn_id: null,
};
const common = [
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
];
/** Every type of event of each schema. */
const facts1 = [...common, facts.toolRuntimeBegan()];
const facts2 = [
  ...common,
  facts.toolRuntimeBegan({ kind: { type: 'mcp', server: 's', tool: 't' } }),
  facts.recordingCompleted(),
  facts.threadResumed(),
  facts.itemAccepted(),
  facts.itemAccepted({ payload: facts.payloadOf({}) }),
  facts.stdinTargetResolved(),
];
const eventsOf = (all: readonly RawFact[]) => all.map(({ body }) => ({ ...envelope, payload: body }));
interface Dialect {
  readonly version: 1 | 2;
  readonly schema: z.ZodMiniType;
  readonly types: readonly string[];
  readonly events: ReturnType<typeof eventsOf>;
}
const dialects: readonly Dialect[] = [
  {
    version: 1,
    schema: rawTraceEventSchemas[1],
    types: eventTypesOf(schema1Events),
    events: eventsOf(facts1),
  },
  {
    version: 2,
    schema: rawTraceEventSchemas[2],
    types: eventTypesOf(schema2Events),
    events: eventsOf(facts2),
  },
];

const accepts = (event: unknown): boolean => acceptsAsIs(rawTraceEventSchemas[1], event);

describe.each(dialects)(
  'an event of schema $version, spelled as recorders spell it',
  ({ schema, types, events }) => {
    it.each(events.map((event) => [event.payload.type, event] as const))(
      'is taken as it is: %s',
      (_type, event) => {
        const recorded: unknown = schema.parse(event);
        expect(acceptsAsIs(schema, recorded)).toBe(true);
        expect(JSON.stringify(schema.parse(recorded))).toBe(JSON.stringify(recorded));
      },
    );

    it('may be of any type', () => {
      expect(new Set(events.map(({ payload }) => payload.type))).toEqual(new Set(types));
    });

    it('may leave out what may be missing', () => {
      const { thread_id: _thread, codex_turn_id: _turn, ...rest } = envelope;
      expect(acceptsAsIs(schema, { ...rest, payload: { type: 'rollout_ended', status: 'failed' } })).toBe(
        true,
      );
    });
  },
);

describe('an event of schema 2', () => {
  const schema = rawTraceEventSchemas[2];
  const accepts2 = (payload: object): boolean => acceptsAsIs(schema, { ...envelope, payload });
  const reads = (payload: object): boolean => schema.safeParse({ ...envelope, payload }).success;
  const runtime = {
    type: 'tool_call_runtime_started',
    tool_call_id: 'X1',
    runtime_payload: facts.payloadRefOf('P1'),
  };

  it.each([
    ['recording_completed', { type: 'recording_completed' }],
    ['thread_resumed', { type: 'thread_resumed', thread_id: 'T1' }],
    ['history_item_accepted', { type: 'history_item_accepted', item_id: 'm' }],
    ['a null payload', { type: 'history_item_accepted', item_id: '', agent_message_payload: null }],
    ['stdin_target_resolved', { type: 'stdin_target_resolved', tool_call_id: 'a', exec_tool_call_id: 'a' }],
  ])('is no event of schema 1: %s', (_what, payload) => {
    expect(accepts2(payload)).toBe(true);
    expect(rawTraceEventSchemas[1].safeParse({ ...envelope, payload }).success).toBe(false);
  });

  it('ignores keys that nobody knows', () => {
    const ended = { type: 'recording_completed', status: 'x' };
    expect([accepts2(ended), reads(ended)]).toEqual([false, true]);
    expect(reads({ type: 'thread_resumed', thread_id: 'T1', status: 5 })).toBe(true);
  });

  it.each([
    ['an item without an id', { type: 'history_item_accepted' }],
    ['an item with an id that is no text', { type: 'history_item_accepted', item_id: 5 }],
    [
      'a payload that is no reference',
      { type: 'history_item_accepted', item_id: 'm', agent_message_payload: 'P1' },
    ],
    ['a thread without an id', { type: 'thread_resumed' }],
    ['a target without a command', { type: 'stdin_target_resolved', tool_call_id: 'a' }],
    ['a runtime start without a kind', runtime],
    ['a runtime start of null kind', { ...runtime, kind: null }],
    ['a runtime start of an unknown kind', { ...runtime, kind: { type: 'odd' } }],
    ['a runtime start of a kind that is text', { ...runtime, kind: 'web' }],
  ])('may not be %s', (_what, payload) => {
    expect([accepts2(payload), reads(payload)]).toEqual([false, false]);
  });

  it('has a kind where schema 1 ignores one', () => {
    const payload = { ...runtime, kind: { type: 'odd' } };
    expect(rawTraceEventSchemas[1].safeParse({ ...envelope, payload }).success).toBe(true);
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
    expect(acceptsAsIs(z.pipe(z.string(), z.transform(Number)), 'a')).toBe(false);
    expect(acceptsAsIs(z.prefault(z.string(), 'a'), 'a')).toBe(false);
    expect(acceptsAsIs(z.string().check(z.minLength(2)), 'ab')).toBe(false);
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

it.each(dialects)('never says other than schema $version, whatever was edited', ({ schema, events }) => {
  let taken = 0;
  fc.assert(
    fc.property(fc.constantFrom(...events), fc.array(anyEdit, { maxLength: 2 }), (event, edits) => {
      const value: unknown = edits.reduce(editedSomewhere, schema.parse(event));
      const known = readKnown<unknown>(schema, value);
      if (acceptsAsIs(schema, value)) {
        taken += 1;
        expect(JSON.stringify(schema.parse(value))).toBe(JSON.stringify(value));
      }
      if (known !== undefined) expect(known).toEqual(schema.parse(value));
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(100);
});
