/**
 * Builds the facts of a log: every event with usual values, all of which a test can replace, and with a place
 * in the log that depends on nothing but its arguments.
 */
import { describeProblem, TraceError } from '../../src/errors/trace-error.js';
import { payloadHandle, type PayloadBody, type PayloadHandle } from '../../src/bundle/payload.js';
import type { EventSource } from '../../src/facts/event-source.js';
import type { RawFact, RawFactOf, UnresolvedFact } from '../../src/facts/facts.js';
import type { RawPayloadRef } from '../../src/model/payload-ref.js';
import type { RawEventBody, RawEventType } from '../../src/model/raw-event.js';

/** Where an event stands: `seq` decides the line and the time, unless they are given too. */
export const at = (place: Partial<EventSource> = {}): EventSource => {
  const seq = place.seq ?? 1;
  return { seq, time: 1000 + 10 * Number(seq), line: Number(seq), thread: 'T1', turn: 'U1', ...place };
};

/** Picks what says where a fact stands out of the arguments of its builder. */
export const splitPlace = <T extends Partial<EventSource>>(
  args: T,
): [place: EventSource, rest: Omit<T, keyof EventSource>] => {
  const { seq, time, line, thread, turn, ...rest } = args;
  const given = Object.entries({ seq, time, line, thread, turn }).filter(([, value]) => value !== undefined);
  return [at(Object.fromEntries(given)), rest];
};

export const payloadRefOf = (raw_payload_id: string): RawPayloadRef => ({
  raw_payload_id,
  kind: { type: 'protocol_event' },
  path: `payloads/${raw_payload_id}.json`,
});

const MENTION = { seq: 1 };

/** A payload with this JSON in it, given as a value or, where its spelling matters, as text. */
export const payloadOf = (json: unknown, raw_payload_id = 'P1'): PayloadHandle =>
  payloadHandle(payloadRefOf(raw_payload_id), MENTION, () =>
    typeof json === 'string' ? json : textOf(json),
  );

const textOf = (json: unknown): string => JSON.stringify(json);

/** A payload whose file is not in the bundle. */
export const missingPayload = (raw_payload_id = 'P1'): PayloadHandle =>
  payloadHandle(payloadRefOf(raw_payload_id), MENTION, () => {
    throw new TraceError(describeProblem('payload_missing', 'not there', { file: 'payloads/P1.json' }));
  });

/** A payload that was read. */
export const bodyOf = (json: unknown, raw_payload_id = 'P1'): PayloadBody =>
  payloadOf(json, raw_payload_id).read();

/** Schema 2 has every type of event, with every field that schema 1 has. */
type Fields<T extends RawEventType> = Omit<Extract<RawEventBody<2>, { readonly type: T }>, 'type'>;
/** Fields of the event that are not the usual ones, its place, and its payload (whose reference is set). */
type Args<T extends RawEventType> = Partial<Fields<T>> &
  Partial<EventSource> & { readonly payload?: PayloadHandle | null };

/** Makes the builder of an event: its usual fields, the field of its payload, and the usual payload. */
const event =
  <T extends RawEventType>(
    type: T,
    usual: Partial<Fields<T>>,
    payloadField?: keyof Fields<T>,
    usualPayload?: unknown,
  ) =>
  (args: Args<T> = {}): RawFactOf<T> => {
    const [place, { payload: given, ...fields }] = splitPlace(args);
    const payload = given ?? (usualPayload === undefined ? null : payloadOf(usualPayload));
    const reference = payload && payloadField ? { [payloadField]: payload.ref } : {};
    const body = { type, ...usual, ...reference, ...fields };
    // The fields belong to the type: a pairing that TypeScript cannot follow through the union.
    const envelope = { schema_version: 1, rollout_id: 'R' };
    return { type, at: place, envelope, body, payload } as unknown as RawFactOf<T>;
  };

export const rolloutStarted = event('rollout_started', { trace_id: 'trace', root_thread_id: 'T1' });
export const rolloutEnded = event('rollout_ended', { status: 'completed' });
export const threadStarted = event(
  'thread_started',
  { thread_id: 'T1', agent_path: '/root' },
  'metadata_payload',
);
export const threadEnded = event('thread_ended', { thread_id: 'T1', status: 'completed' });
export const threadResumed = event('thread_resumed', { thread_id: 'T1' });
export const turnStarted = event('codex_turn_started', { codex_turn_id: 'U1', thread_id: 'T1' });
export const turnEnded = event('codex_turn_ended', { codex_turn_id: 'U1', status: 'completed' });

const model = { model: 'gpt-test', provider_name: 'test-provider' };
const callPlace = { thread_id: 'T1', codex_turn_id: 'U1' };

export const itemAccepted = event('history_item_accepted', { item_id: 'msg_1' }, 'agent_message_payload');

export const inferenceStarted = event(
  'inference_started',
  { inference_call_id: 'I1', ...callPlace, ...model },
  'request_payload',
  { input: [] },
);
export const inferenceCompleted = event(
  'inference_completed',
  { inference_call_id: 'I1', response_id: 'resp-1' },
  'response_payload',
  { output_items: [] },
);
export const inferenceFailed = event(
  'inference_failed',
  { inference_call_id: 'I1', error: 'boom' },
  'partial_response_payload',
);
export const inferenceCancelled = event(
  'inference_cancelled',
  { inference_call_id: 'I1', reason: 'interrupted' },
  'partial_response_payload',
);

export const toolCallStarted = event(
  'tool_call_started',
  {
    tool_call_id: 'X1',
    model_visible_call_id: null,
    code_mode_runtime_tool_id: null,
    requester: { type: 'model' },
    kind: { type: 'other', name: 'test' },
    summary: { type: 'generic', label: 'test', input_preview: null, output_preview: null },
  },
  'invocation_payload',
);
export const mcpCorrelated = event('mcp_tool_call_correlation_assigned', {
  tool_call_id: 'X1',
  mcp_call_id: 'M1',
});
export const toolRuntimeBegan = event(
  'tool_call_runtime_started',
  { tool_call_id: 'X1' },
  'runtime_payload',
  {},
);
export const toolRuntimeFinished = event(
  'tool_call_runtime_ended',
  { tool_call_id: 'X1', status: 'completed' },
  'runtime_payload',
  {},
);
export const toolCallEnded = event(
  'tool_call_ended',
  { tool_call_id: 'X1', status: 'completed' },
  'result_payload',
);

export const stdinTargetResolved = event('stdin_target_resolved', {
  tool_call_id: 'X2',
  exec_tool_call_id: 'X1',
});

export const cellStarted = event('code_cell_started', {
  runtime_cell_id: '1',
  model_visible_call_id: 'call-code',
  source_js: "text('hi')",
});
export const cellResponded = event(
  'code_cell_initial_response',
  { runtime_cell_id: '1', status: 'yielded' },
  'response_payload',
);
export const cellEnded = event(
  'code_cell_ended',
  { runtime_cell_id: '1', status: 'completed' },
  'response_payload',
);

const request = { compaction_id: 'K1', compaction_request_id: 'R1' };
export const compactionRequestStarted = event(
  'compaction_request_started',
  { ...request, ...callPlace, ...model },
  'request_payload',
  {},
);
export const compactionRequestCompleted = event(
  'compaction_request_completed',
  request,
  'response_payload',
  {},
);
export const compactionRequestFailed = event('compaction_request_failed', { ...request, error: 'boom' });
export const compactionInstalled = event(
  'compaction_installed',
  { compaction_id: 'K1' },
  'checkpoint_payload',
  { input_history: [], replacement_history: [] },
);

export const agentResultObserved = event(
  'agent_result_observed',
  {
    edge_id: 'edge:result',
    child_thread_id: 'T2',
    child_codex_turn_id: 'U2',
    parent_thread_id: 'T1',
    message: 'done',
  },
  'carried_payload',
);
export const protocolEventObserved = event(
  'protocol_event_observed',
  { event_type: 'warning' },
  'event_payload',
  {},
);
export const recordingCompleted = event('recording_completed', {});
export const otherEvent = event('other', { kind: 'k', summary: 's', payloads: [], metadata: null });

/** The same events one after the other: the first is seq 1 on line 1, the next seq 2 on line 2. */
export const inOrder = (events: readonly RawFact[]): readonly RawFact[] =>
  events.map((fact, index) => {
    const place = at({ seq: index + 1, thread: fact.at.thread, turn: fact.at.turn });
    const { payload } = fact;
    const moved = payload && payloadHandle(payload.ref, place, () => payload.read().text);
    return { ...fact, at: place, payload: moved };
  });

/** Usually a code cell whose source nobody saw. */
export const unresolved = (fields: Partial<UnresolvedFact['unresolved']> = {}): UnresolvedFact => ({
  type: 'unresolved',
  unresolved: {
    kind: 'code_cell',
    entity: 'code_cell:call-code',
    waitsFor: 'the item of call call-code in thread T1',
    source: { type: 'thread', thread_id: 'T1' },
    thread_id: 'T1',
    since: at(),
    ...fields,
  },
});
