import type { EventSource } from '../facts/event-source.js';
import type { FactOf } from '../facts/facts.js';
import { problem, readPayload } from '../facts/problems.js';
import { insert, link, patch } from '../facts/writes.js';
import type { PayloadHandle } from '../bundle/payload.js';
import { endedAt, runningSince, type ExecutionStatus, type ExecutionWindow } from '../model/execution.js';
import type { RawPayloadId, TerminalId, TerminalOperationId, ThreadId, ToolCallId } from '../model/ids.js';
import type { TerminalModelObservation, TerminalOperation } from '../model/runtime.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { readTerminalEnd, type TerminalEnd } from '../payloads/terminal-result.js';
import { readRuntimeStart, readWriteStdin, type TerminalStart } from '../payloads/terminal-start.js';
import { defineProjection, type Emit } from './projection.js';

interface TerminalsState {
  nextOrdinal: number;
  readonly operationOf: Map<ToolCallId, KnownOperation>;
  readonly sessions: Map<
    TerminalId,
    { readonly thread_id: ThreadId; readonly operations: Set<TerminalOperationId> }
  >;
  /** Items of a tool, for an operation that begins after they were seen. */
  readonly itemsOf: Map<ToolCallId, Omit<TerminalModelObservation, 'source'>>;
}

interface KnownOperation {
  readonly id: TerminalOperationId;
  readonly kind: TerminalOperation['kind'];
  readonly window: ExecutionWindow;
  terminalId: TerminalId | null;
  readonly payloads: Set<RawPayloadId>;
}

/**
 * Owns terminal sessions and operations. A command begins with the runtime's report; a write to a
 * terminal, which has no report of its own, with its invocation. Operations that name the same process
 * share a session.
 */
export const terminals = defineProjection({
  name: 'terminals',
  reads: ['tool_started', 'tool_runtime_started', 'tool_runtime_ended', 'tool_ended', 'tool_items_linked'],
  learns: [],
  initial: (): TerminalsState => ({
    nextOrdinal: 1,
    operationOf: new Map(),
    sessions: new Map(),
    itemsOf: new Map(),
  }),
  step(state, fact, emit) {
    switch (fact.type) {
      case 'tool_started':
        startFromInvocation(state, fact, emit);
        return;
      case 'tool_runtime_started':
        startFromRuntime(state, fact, emit);
        return;
      case 'tool_runtime_ended':
        end(state, fact, fact.payload, emit);
        return;
      case 'tool_ended':
        // The runtime's own report outranks the result, which may be shortened for its reader.
        if (!fact.runtime_observed) end(state, fact, fact.payload, emit);
        return;
      case 'tool_items_linked': {
        const { tool_call_id: id, call_item_ids, output_item_ids } = fact;
        state.itemsOf.set(id, { call_item_ids, output_item_ids });
        observe(state, id, emit);
        return;
      }
      default: {
        const unreachable: never = fact;
        return unreachable;
      }
    }
  },
});

type TerminalsEmit = Emit<never>;

const operationKind = (kind: ToolCallKind): TerminalOperation['kind'] | undefined =>
  kind.type === 'exec_command' || kind.type === 'write_stdin' ? kind.type : undefined;

const startFromInvocation = (
  state: TerminalsState,
  fact: FactOf<'tool_started'>,
  emit: TerminalsEmit,
): void => {
  if (fact.kind.type !== 'write_stdin') return;
  const body = fact.payload && readPayload(fact.payload, emit);
  if (!body) return;
  const start = readWriteStdin(body);
  if ('issue' in start) {
    const message = `terminal invocation payload ${body.ref.raw_payload_id} ${start.issue}`;
    emit(problem(fact.at, 'terminal_invocation_invalid', fact.tool_call_id, message));
    return;
  }
  begin(state, fact, 'write_stdin', start.data, body.ref.raw_payload_id, emit);
};

const startFromRuntime = (
  state: TerminalsState,
  fact: FactOf<'tool_runtime_started'>,
  emit: TerminalsEmit,
): void => {
  const kind = operationKind(fact.kind);
  if (!kind) return;
  const { at, tool_call_id: id } = fact;
  if (state.operationOf.has(id)) {
    const message = `tool runtime start would create a second terminal operation for ${id}`;
    emit(problem(at, 'terminal_operation_second', id, message));
    return;
  }
  const body = readPayload(fact.payload, emit);
  if (!body) return;
  const start = readRuntimeStart(body, kind);
  if ('issue' in start) {
    const message = `terminal runtime start payload ${body.ref.raw_payload_id}: ${start.issue}`;
    emit(problem(at, 'terminal_start_invalid', id, message));
    return;
  }
  begin(state, fact, kind, start.data, body.ref.raw_payload_id, emit);
};

const begin = (
  state: TerminalsState,
  { at, tool_call_id, thread_id }: FactOf<'tool_started' | 'tool_runtime_started'>,
  kind: TerminalOperation['kind'],
  { terminal_id, request }: TerminalStart,
  payload: RawPayloadId,
  emit: TerminalsEmit,
): void => {
  const operation_id = `terminal_operation:${state.nextOrdinal}`;
  state.nextOrdinal += 1;
  const window = runningSince(at);
  const operation = {
    id: operation_id,
    kind,
    window,
    terminalId: terminal_id,
    payloads: new Set([payload]),
  };
  state.operationOf.set(tool_call_id, operation);
  emit(
    insert('terminal_operations', operation_id, {
      operation_id,
      terminal_id,
      tool_call_id,
      kind,
      execution: window,
      request,
      result: null,
      model_observations: [],
      raw_payload_ids: [payload],
    }),
  );
  emit(
    patch('tool_calls', tool_call_id, {
      terminal_operation_id: operation_id,
      summary: { type: 'terminal', operation_id },
    }),
  );
  joinSession(state, at, thread_id, operation, emit);
  observe(state, tool_call_id, emit);
};

const end = (
  state: TerminalsState,
  fact: FactOf<'tool_runtime_ended' | 'tool_ended'>,
  payload: PayloadHandle | null,
  emit: TerminalsEmit,
): void => {
  const { at, tool_call_id, thread_id, status } = fact;
  const operation = state.operationOf.get(tool_call_id);
  if (!operation) return;
  const read = readEnd(operation, at, payload, emit);
  const revealed = read?.terminal_id ?? null;
  if (operation.terminalId !== null && revealed !== null && revealed !== operation.terminalId) {
    const message = `terminal operation ${operation.id} changed process id from ${operation.terminalId} to ${revealed}`;
    emit(problem(at, 'terminal_process_changed', operation.id, message));
  }
  operation.terminalId ??= revealed;
  emit(patch('terminal_operations', operation.id, ended(operation, at, status, read)));
  if (payload && read && !operation.payloads.has(payload.ref.raw_payload_id)) {
    operation.payloads.add(payload.ref.raw_payload_id);
    emit(link('terminal_operations', operation.id, 'raw_payload_ids', [payload.ref.raw_payload_id]));
  }
  joinSession(state, at, thread_id, operation, emit);
};

const readEnd = (
  operation: KnownOperation,
  at: EventSource,
  payload: PayloadHandle | null,
  emit: TerminalsEmit,
): TerminalEnd | undefined => {
  const body = payload && readPayload(payload, emit);
  if (!body) return undefined;
  const read = readTerminalEnd(body, operation.kind);
  if ('data' in read) return read.data;
  const message = `terminal response payload ${body.ref.raw_payload_id}: ${read.issue}`;
  emit(problem(at, 'terminal_result_invalid', operation.id, message));
  return undefined;
};

const ended = (
  operation: KnownOperation,
  at: EventSource,
  status: ExecutionStatus,
  read: TerminalEnd | undefined,
): Partial<TerminalOperation> => ({
  terminal_id: operation.terminalId,
  execution: endedAt(operation.window, at, status),
  ...(read && { result: read.result }),
});

/** The first operation of a process opens its session, as of the start of that operation. */
const joinSession = (
  state: TerminalsState,
  at: EventSource,
  thread_id: ThreadId,
  operation: KnownOperation,
  emit: TerminalsEmit,
): void => {
  const terminal_id = operation.terminalId;
  if (terminal_id === null) return;
  const session = state.sessions.get(terminal_id);
  if (!session) {
    state.sessions.set(terminal_id, { thread_id, operations: new Set([operation.id]) });
    emit(
      insert('terminal_sessions', terminal_id, {
        terminal_id,
        thread_id,
        created_by_operation_id: operation.id,
        operation_ids: [operation.id],
        execution: operation.window,
      }),
    );
  } else if (session.thread_id !== thread_id) {
    const message = `terminal session ${terminal_id} belongs to thread ${session.thread_id}, not ${thread_id}`;
    emit(problem(at, 'terminal_thread_changed', terminal_id, message));
  } else if (!session.operations.has(operation.id)) {
    session.operations.add(operation.id);
    emit(link('terminal_sessions', terminal_id, 'operation_ids', [operation.id]));
  }
};

/** How the model saw an operation: by the items of its tool. */
const observe = (state: TerminalsState, tool: ToolCallId, emit: TerminalsEmit): void => {
  const operation = state.operationOf.get(tool);
  const items = state.itemsOf.get(tool);
  if (!operation || !items) return;
  const observation: TerminalModelObservation = { ...items, source: 'direct_tool_call' };
  emit(patch('terminal_operations', operation.id, { model_observations: [observation] }));
};
