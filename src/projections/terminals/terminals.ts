import type { EventSource } from '../../facts/event-source.js';
import type { FactOf } from '../../facts/facts.js';
import { problem, readPayload } from '../../facts/problems.js';
import { unreachable } from '../../facts/unreachable.js';
import { insert, link, patch } from '../../facts/writes.js';
import type { PayloadHandle } from '../../bundle/payload.js';
import { endedAt, runningSince, type ExecutionStatus } from '../../model/execution.js';
import type { RawPayloadId, ToolCallId } from '../../model/ids.js';
import type { TerminalModelObservation, TerminalOperation } from '../../model/runtime.js';
import type { ToolCallKind } from '../../model/tool-kind.js';
import type { TerminalEnd } from '../../payloads/command-end.js';
import { readTerminalEnd } from '../../payloads/terminal-result.js';
import { readRuntimeStart, type TerminalStart } from '../../payloads/terminal-start.js';
import type { SchemaRules, TerminalRules } from '../../schemas/rules.js';
import { defineProjection } from '../projection.js';
import { joinSession, moveToSession } from './sessions.js';
import { initialTerminals, type KnownOperation, type TerminalsEmit, type TerminalsState } from './state.js';

/**
 * Owns terminal sessions and operations. A command begins with the runtime's report; a write to a
 * terminal, which has no report of its own, with its invocation. Operations that name the same process
 * share a session.
 */
export const terminals = (schema: SchemaRules) => {
  const rules = schema.terminals;
  return defineProjection({
    name: 'terminals',
    reads: [
      'thread_restarted',
      'tool_started',
      'tool_runtime_started',
      'tool_runtime_ended',
      'tool_ended',
      'tool_items_linked',
      'stdin_targeted',
    ],
    learns: [],
    initial: initialTerminals,
    step(state, fact, emit) {
      switch (fact.type) {
        case 'thread_restarted':
          state.sessionOf.delete(fact.thread_id);
          return;
        case 'tool_started':
          startFromInvocation(rules, state, fact, emit);
          return;
        case 'tool_runtime_started':
          startFromRuntime(rules, state, fact, emit);
          return;
        case 'tool_runtime_ended':
          end(rules, state, fact, fact.payload, emit);
          return;
        case 'tool_ended':
          // The runtime's own report outranks the result, which may be shortened for its reader.
          if (!fact.runtime_observed) end(rules, state, fact, fact.payload, emit);
          return;
        case 'tool_items_linked': {
          const { tool_call_id: id, call_item_ids, output_item_ids } = fact;
          state.itemsOf.set(id, { call_item_ids, output_item_ids });
          observe(state, id, emit);
          return;
        }
        case 'stdin_targeted':
          retarget(state, fact, emit);
          return;
        default:
          return unreachable(fact);
      }
    },
  });
};

const operationKind = (kind: ToolCallKind): TerminalOperation['kind'] | undefined =>
  kind.type === 'exec_command' || kind.type === 'write_stdin' ? kind.type : undefined;

const startFromInvocation = (
  rules: TerminalRules,
  state: TerminalsState,
  fact: FactOf<'tool_started'>,
  emit: TerminalsEmit,
): void => {
  if (fact.kind.type !== 'write_stdin') return;
  const body = fact.payload && readPayload(fact.payload, emit);
  if (!body) return;
  const start = rules.write(body);
  if ('issue' in start) {
    const message = `terminal invocation payload ${body.ref.raw_payload_id} ${start.issue}`;
    emit(problem(fact.at, 'terminal_invocation_invalid', fact.tool_call_id, message));
    return;
  }
  if (start.data) begin(rules, state, fact, 'write_stdin', start.data, body.ref.raw_payload_id, emit);
};

const startFromRuntime = (
  rules: TerminalRules,
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
  begin(rules, state, fact, kind, start.data, body.ref.raw_payload_id, emit);
};

const begin = (
  rules: TerminalRules,
  state: TerminalsState,
  { at, tool_call_id, thread_id }: FactOf<'tool_started' | 'tool_runtime_started'>,
  kind: TerminalOperation['kind'],
  { process_id, request }: TerminalStart,
  payload: RawPayloadId,
  emit: TerminalsEmit,
): void => {
  const operation_id = `terminal_operation:${state.nextOrdinal}`;
  state.nextOrdinal += 1;
  const window = runningSince(at);
  const operation: KnownOperation = {
    id: operation_id,
    kind,
    thread_id,
    window,
    process: process_id,
    session: null,
    payloads: new Set([payload]),
  };
  state.operationOf.set(tool_call_id, operation);
  joinSession(rules, state, at, operation, emit);
  emit(
    insert('terminal_operations', operation_id, {
      operation_id,
      terminal_id: operation.session,
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
  observe(state, tool_call_id, emit);
};

const end = (
  rules: TerminalRules,
  state: TerminalsState,
  fact: FactOf<'tool_runtime_ended' | 'tool_ended'>,
  payload: PayloadHandle | null,
  emit: TerminalsEmit,
): void => {
  const { at, tool_call_id, status } = fact;
  const operation = state.operationOf.get(tool_call_id);
  if (!operation) return;
  const read = readEnd(rules, operation, at, payload, emit);
  const revealed = read?.process_id ?? null;
  if (operation.process !== null && revealed !== null && revealed !== operation.process) {
    const message = `terminal operation ${operation.id} changed process id from ${operation.process} to ${revealed}`;
    emit(problem(at, 'terminal_process_changed', operation.id, message));
  }
  operation.process ??= revealed;
  joinSession(rules, state, at, operation, emit);
  emit(patch('terminal_operations', operation.id, ended(operation, at, status, read)));
  if (payload && read && !operation.payloads.has(payload.ref.raw_payload_id)) {
    operation.payloads.add(payload.ref.raw_payload_id);
    emit(link('terminal_operations', operation.id, 'raw_payload_ids', [payload.ref.raw_payload_id]));
  }
};

const readEnd = (
  rules: TerminalRules,
  operation: KnownOperation,
  at: EventSource,
  payload: PayloadHandle | null,
  emit: TerminalsEmit,
): TerminalEnd | undefined => {
  const body = payload && readPayload(payload, emit);
  if (!body) return undefined;
  const read = readTerminalEnd(body, operation.kind, rules.commandEnd);
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
  terminal_id: operation.session,
  execution: endedAt(operation.window, at, status),
  ...(read && { result: read.result }),
});

/** The runtime found out to which command a write belongs; a target without a session says nothing. */
const retarget = (state: TerminalsState, fact: FactOf<'stdin_targeted'>, emit: TerminalsEmit): void => {
  const write = state.operationOf.get(fact.tool_call_id);
  const session = state.operationOf.get(fact.exec_tool_call_id)?.session ?? null;
  if (write && session !== null) moveToSession(state, write, session, emit);
};

/** How the model saw an operation: by the items of its tool. */
const observe = (state: TerminalsState, tool: ToolCallId, emit: TerminalsEmit): void => {
  const operation = state.operationOf.get(tool);
  const items = state.itemsOf.get(tool);
  if (!operation || !items) return;
  const observation: TerminalModelObservation = { ...items, source: 'direct_tool_call' };
  emit(patch('terminal_operations', operation.id, { model_observations: [observation] }));
};
