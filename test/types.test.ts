/** What the compiler knows of the two schemas: `npm run check` fails where an expectation of a type does not hold. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  printTrace,
  type ConversationItem,
  type ConversationPart,
  type RawEventBodyOf,
  type RawEventType,
  type RawTraceEvent,
  type RolloutHeader,
  type RolloutTrace,
  type TableName,
  type ToolCallKind,
  type TraceRows,
  type WireInteger,
} from '../src/index.js';
import { rawEventTypes } from '../src/model/raw-event.js';
import { eventTypesOf } from '../src/model/common-events.js';
import { schema1Events } from '../src/model/schema-1-events.js';
import { schema2Events } from '../src/model/schema-2-events.js';
import { schemas } from '../src/schemas/index.js';
import { openInMemory } from './fuzz/bundle.js';
import { carriedCases } from './helpers/carried-cases.js';
import { reduceInMemory } from './helpers/cascade.js';
import { payloadRefOf } from './helpers/facts.js';

const cases = carriedCases();

const reduced = (name: string, schema: 1 | 2 = 2): RolloutTrace => {
  const found = cases.find((each) => each.schema === schema && each.name === name);
  if (!found) throw new Error(`no case ${name}`);
  const bundle = new Map([...found.files].map(([file, content]) => [file, Buffer.from(content)]));
  return reduceInMemory(openInMemory(bundle), { strict: true }).trace;
};

/** As a user narrows a trace. */
const inSchema2 = (trace: RolloutTrace): RolloutTrace<2> => {
  if (trace.schema_version !== 2) throw new Error('not of schema 2');
  return trace;
};

/** Fields of the rows of a table, as they are printed. */
const fieldsOf = (trace: RolloutTrace, table: TableName): readonly string[] =>
  [...trace[table].values()].flatMap((row) => Object.keys(row));

describe('a trace that was asked for its schema', () => {
  it('of schema 2 says whether its recording is complete', () => {
    const trace = reduced('v2-recording-complete');
    // @ts-expect-error schema 1 does not know.
    expect(trace.recording_complete).toBe(true);
    expectTypeOf(inSchema2(trace).recording_complete).toEqualTypeOf<boolean>();
    expect(inSchema2(trace).recording_complete).toBe(true);
  });

  it('of schema 2 has receipts of its items', () => {
    const item = inSchema2(reduced('v2-receipt-twice')).conversation_items.get('conversation_item:1');
    expectTypeOf(item).toEqualTypeOf<ConversationItem | undefined>();
    expectTypeOf(item?.accepted_seq).toEqualTypeOf<WireInteger | undefined>();
    expectTypeOf(item?.responses_item_id).toEqualTypeOf<string | undefined>();
    expect(item).toMatchObject({ responses_item_id: 'a1', accepted_seq: 4, accepted_at_unix_ms: 1040 });
  });

  it('of schema 2 has hashes of content', () => {
    const item = inSchema2(reduced('v2-hash')).conversation_items.get('conversation_item:1');
    const [part] = item?.body.parts ?? [];
    expectTypeOf(part).toEqualTypeOf<ConversationPart | undefined>();
    if (part?.type !== 'payload_ref') throw new Error('no reference');
    expectTypeOf(part.content_sha256).toEqualTypeOf<string | undefined>();
    expect(part.content_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of schema 2 has the evidence and the callers of cells', () => {
    const evidence = inSchema2(reduced('v2-cell-evidence')).code_cells.get('code_cell:c1');
    expectTypeOf(evidence?.raw_result_payload_id).toEqualTypeOf<string | null | undefined>();
    expect(evidence).toMatchObject({ initial_response_status: 'yielded', raw_result_payload_id: null });
    const caller = inSchema2(reduced('v2-cell-caller')).tool_calls.get('t1');
    expectTypeOf(caller?.started_code_cell_id).toEqualTypeOf<string | undefined>();
    expect(caller?.started_code_cell_id).toBe('code_cell:c1');
  });

  it('of schema 1 has none of that', () => {
    expectTypeOf<RolloutTrace<1>>().not.toHaveProperty('recording_complete');
    expectTypeOf<RolloutHeader<1>>().not.toHaveProperty('recording_complete');
    type Item = TraceRows<1>['conversation_items'];
    expectTypeOf<Item>().not.toHaveProperty('responses_item_id');
    expectTypeOf<Item>().not.toHaveProperty('accepted_seq');
    expectTypeOf<Item>().not.toHaveProperty('accepted_at_unix_ms');
    type Reference = Extract<Item['body']['parts'][number], { readonly type: 'payload_ref' }>;
    expectTypeOf<Reference>().toHaveProperty('raw_payload_id');
    expectTypeOf<Reference>().not.toHaveProperty('content_sha256');
    expectTypeOf<TraceRows<1>['code_cells']>().not.toHaveProperty('initial_response_status');
    expectTypeOf<TraceRows<1>['code_cells']>().not.toHaveProperty('raw_initial_response_payload_id');
    expectTypeOf<TraceRows<1>['code_cells']>().not.toHaveProperty('raw_result_payload_id');
    expectTypeOf<TraceRows<1>['tool_calls']>().not.toHaveProperty('started_code_cell_id');

    const trace = reduced('cell-pending', 1);
    expect(() => inSchema2(trace)).toThrow('not of schema 2');
    const written = [...printTrace(trace)].join('');
    expect(written).not.toMatch(/recording_complete|initial_response_status|responses_item_id|started_code/);
  });

  it('has the other rows in common with the other schema', () => {
    expectTypeOf<TraceRows<1>['threads']>().toEqualTypeOf<TraceRows<2>['threads']>();
    expectTypeOf<TraceRows<1>['terminal_sessions']>().toEqualTypeOf<TraceRows<2>['terminal_sessions']>();
    expectTypeOf<TraceRows<2>['conversation_items']>().toExtend<TraceRows<1>['conversation_items']>();
    expectTypeOf<TraceRows<2>['code_cells']>().toExtend<TraceRows<1>['code_cells']>();
    expectTypeOf<keyof TraceRows<1>>().toEqualTypeOf<keyof TraceRows<2>>();
    expect(fieldsOf(reduced('term-protocol', 1), 'threads')).toEqual(
      fieldsOf(reduced('term-protocol'), 'threads'),
    );
  });
});

describe('an event', () => {
  type TypeIn<Version extends 1 | 2> = RawTraceEvent<Version>['payload']['type'];
  type StartIn<Version extends 1 | 2> = Extract<
    RawTraceEvent<Version>['payload'],
    { readonly type: 'tool_call_runtime_started' }
  >;

  it('of schema 2 may be one of four that schema 1 does not know, and of all that it knows', () => {
    const added = [
      'recording_completed',
      'thread_resumed',
      'history_item_accepted',
      'stdin_target_resolved',
    ] as const;
    expectTypeOf<Exclude<TypeIn<2>, TypeIn<1>>>().toEqualTypeOf<(typeof added)[number]>();
    expectTypeOf<Exclude<TypeIn<1>, TypeIn<2>>>().toBeNever();
    expectTypeOf<RawEventType>().toEqualTypeOf<TypeIn<1> | TypeIn<2>>();
    expect(new Set(eventTypesOf(schema2Events))).toEqual(new Set([...eventTypesOf(schema1Events), ...added]));
  });

  it('of schema 2 says what a tool turned out to be', () => {
    expectTypeOf<StartIn<2>>().toHaveProperty('kind');
    expectTypeOf<StartIn<2>['kind']>().toExtend<ToolCallKind>();
    expectTypeOf<StartIn<1>>().not.toHaveProperty('kind');
    expectTypeOf<RawEventBodyOf<'tool_call_runtime_started'>>().toEqualTypeOf<StartIn<1> | StartIn<2>>();
    const payload = {
      type: 'tool_call_runtime_started',
      tool_call_id: 't1',
      runtime_payload: payloadRefOf('P1'),
    };
    const event = { schema_version: 2, seq: 1, wall_time_unix_ms: 0, rollout_id: 'r', payload };
    expect(schemas.map(({ event: schema }) => schema.safeParse(event).success)).toEqual([true, false]);
  });

  it('of either schema is an event, and an event is not of one schema', () => {
    expectTypeOf<RawTraceEvent<1>>().toExtend<RawTraceEvent>();
    expectTypeOf<RawTraceEvent<2>>().toExtend<RawTraceEvent>();
    expectTypeOf<RawTraceEvent>().not.toExtend<RawTraceEvent<1>>();
    expect(rawEventTypes.toSorted()).toEqual(eventTypesOf(schema2Events).toSorted());
  });
});
