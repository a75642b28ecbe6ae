import type { EventSource } from '../../facts/event-source.js';
import { setIn } from '../../facts/keys.js';
import { problem } from '../../facts/problems.js';
import { insert, link, patch } from '../../facts/writes.js';
import type { TerminalId } from '../../model/ids.js';
import type { TerminalRules } from '../../schemas/rules.js';
import { EVERYWHERE, type KnownOperation, type TerminalsEmit, type TerminalsState } from './state.js';

/** The first operation of a process opens its session, as of the start of that operation; others join it. */
export const joinSession = (
  rules: TerminalRules,
  state: TerminalsState,
  at: EventSource,
  operation: KnownOperation,
  emit: TerminalsEmit,
): void => {
  const { process, thread_id } = operation;
  if (process === null || operation.session !== null) return;
  const scope = rules.shareProcesses ? EVERYWHERE : thread_id;
  const opensOwn = operation.kind === 'exec_command' && rules.commandOpensSession;
  const known = opensOwn ? undefined : state.sessionOf.get(scope)?.get(process);
  const terminal_id = known ?? rules.sessionId(process, operation.id);
  setIn(state.sessionOf, scope, process, terminal_id);
  operation.session = terminal_id;
  const session = state.sessions.get(terminal_id);
  if (!session) {
    state.sessions.set(terminal_id, { thread_id, process, operations: new Set([operation.id]) });
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
  } else {
    session.operations.add(operation.id);
    emit(link('terminal_sessions', terminal_id, 'operation_ids', [operation.id]));
  }
};

/** Moves an operation to the session of another one, which may be of another thread. */
export const moveToSession = (
  state: TerminalsState,
  operation: KnownOperation,
  terminal_id: TerminalId,
  emit: TerminalsEmit,
): void => {
  const session = state.sessions.get(terminal_id);
  if (!session || operation.session === terminal_id) return;
  leaveSession(state, operation, emit);
  operation.session = terminal_id;
  operation.process = session.process;
  session.operations.add(operation.id);
  emit(link('terminal_sessions', terminal_id, 'operation_ids', [operation.id]));
  emit(patch('terminal_operations', operation.id, { terminal_id }));
};

/** A session that nobody uses is none. */
const leaveSession = (state: TerminalsState, operation: KnownOperation, emit: TerminalsEmit): void => {
  const { id, session: terminal_id } = operation;
  const session = terminal_id === null ? undefined : state.sessions.get(terminal_id);
  if (terminal_id === null || !session?.operations.delete(id)) return;
  if (session.operations.size > 0) {
    emit(patch('terminal_sessions', terminal_id, { operation_ids: [...session.operations] }));
  } else {
    state.sessions.delete(terminal_id);
    emit({ type: 'remove', table: 'terminal_sessions', id: terminal_id });
  }
};
