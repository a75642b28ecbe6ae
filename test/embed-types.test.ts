/** What the compiler knows of parts of a graph: `npm run check` fails where an expectation of a type does not hold. */
import { EMPTY, from, lastValueFrom, type Observable } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  defineProjection,
  memoryPayloadStore,
  reduceEvents,
  reduceLive,
  select,
  threads,
  toolCalls,
  type AgentThread,
  type EventPayload,
  type ConversationItem,
  type RawEventBodyOf,
  type RolloutTrace,
  type Table,
  type ToolCall,
  type TraceFactOf,
  type TraceFactType,
  type TraceRows,
  type TraceSnapshot,
} from '../src/index.js';
import { usualManifest } from './helpers/fold.js';

const payloads = memoryPayloadStore(new Map());
const recording = { manifest: usualManifest, payloads };

const states = defineProjection({
  reads: ['thread_started', 'tool_ended', 'inference_answered'],
  initial: () => ({ ends: new Map<string, { times: number[] }>() }),
  step({ ends }, fact) {
    expectTypeOf(fact.type).toEqualTypeOf<'thread_started' | 'tool_ended' | 'inference_answered'>();
    if (fact.type === 'thread_started') {
      expectTypeOf(fact.body).toEqualTypeOf<RawEventBodyOf<'thread_started'>>();
    } else if (fact.type === 'tool_ended') {
      expectTypeOf(fact.runtime_observed).toEqualTypeOf<boolean>();
      ends.set(fact.tool_call_id, { times: [Number(fact.at.time)] });
    }
  },
});

describe('a projection of a user', () => {
  it('has what it reads, and shows a state that nobody can change', async () => {
    const { views, trace } = await reduceEvents(EMPTY, usualManifest, { payloads, projections: { states } });
    expectTypeOf(views).toEqualTypeOf<{
      readonly states: { readonly ends: ReadonlyMap<string, { readonly times: readonly number[] }> };
    }>();
    expectTypeOf(trace).toEqualTypeOf<RolloutTrace>();
    expect(views).toEqual({ states: { ends: new Map() } });
  });

  it('reads no writes, and no talk between stages', () => {
    expectTypeOf<'tool_call_started' | 'tool_started' | 'items_observed'>().toExtend<TraceFactType>();
    expectTypeOf<Extract<TraceFactType, 'insert' | 'problem' | 'unresolved'>>().toBeNever();
    expectTypeOf<Extract<TraceFactType, 'request_read' | 'delivery_met' | 'cell_bound'>>().toBeNever();
    // @ts-expect-error no such fact
    expect(() => defineProjection({ reads: ['insert'], initial: () => ({}), step() {} })).toThrow('insert');
  });

  it('can read a payload where the fact has one', () => {
    expectTypeOf<TraceFactOf<'inference_opened'>['payload']>().toEqualTypeOf<EventPayload>();
    expectTypeOf<TraceFactOf<'tool_ended'>['payload']>().toEqualTypeOf<EventPayload | null>();
    expectTypeOf<TraceFactOf<'thread_started'>['payload']>().toEqualTypeOf<EventPayload | null>();
    expectTypeOf<TraceFactOf<'cell_ended'>>().not.toHaveProperty('payload');
    expect(states.reads).toContain('tool_ended');
  });
});

describe('snapshots', () => {
  it('have no views where no projections are given', async () => {
    const snapshots$ = reduceLive(from(['no event']), usualManifest, { payloads });
    expectTypeOf(snapshots$).toExtend<Observable<TraceSnapshot>>();
    const { views } = await lastValueFrom(snapshots$);
    expectTypeOf<keyof typeof views>().toBeNever();
    expect(views).toEqual({});
  });
});

describe('a slice', () => {
  it('of a trace of one schema has the rows of that schema', () => {
    const items = select((trace: RolloutTrace<2>) => trace.conversation_items);
    expectTypeOf(items).returns.toEqualTypeOf<Observable<Table<ConversationItem>>>();
    const old = select((trace: RolloutTrace<1>) => trace.conversation_items);
    expectTypeOf(old).returns.toEqualTypeOf<Observable<Table<TraceRows<1>['conversation_items']>>>();
    const traces$: Observable<RolloutTrace> = EMPTY;
    expectTypeOf(traces$.pipe(select((trace) => trace.conversation_items))).toEqualTypeOf<
      Observable<RolloutTrace['conversation_items']>
    >();
    expect(items).toBeTypeOf('function');
  });

  it('may be narrowed to a schema on the way', async () => {
    const snapshots$ = reduceLive(from(['no event']), { ...usualManifest, schema_version: 2 }, { payloads });
    const complete$ = snapshots$.pipe(
      select(({ trace }) => (trace.schema_version === 2 ? trace.recording_complete : undefined)),
    );
    expectTypeOf(complete$).toEqualTypeOf<Observable<boolean | undefined>>();
    expect(await lastValueFrom(complete$)).toBe(false);
  });
});

describe('the operator of a table', () => {
  it('gives the rows of either schema', async () => {
    const threads$ = from(['no event']).pipe(threads(recording));
    expectTypeOf(threads$).toEqualTypeOf<Observable<Table<AgentThread>>>();
    const calls$ = from(['no event']).pipe(toolCalls(recording));
    expectTypeOf(calls$).toEqualTypeOf<Observable<Table<ToolCall> | Table<TraceRows<1>['tool_calls']>>>();
    expect((await lastValueFrom(calls$)).size).toBe(0);
  });
});
