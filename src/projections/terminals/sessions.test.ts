import { describe, it } from 'vitest';
import { at, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import {
  stdinTargeted,
  threadRestarted,
  toolEnded,
  toolRuntimeEnded,
  toolRuntimeStarted,
  toolStarted,
} from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import { runningSince } from '../../model/execution.js';
import { schema2 } from '../../schemas/schema-2.js';
import { terminals } from './terminals.js';

const op = (ordinal: number): string => `terminal_operation:${ordinal}`;
const session = (creator: number): string => `terminal_session:${op(creator)}`;

const begin = (process_id?: string) => payloadOf({ process_id, command: ['ls'], cwd: '/' }, 'P2');
const finish = (process_id?: string) => payloadOf({ process_id, exit_code: 0 }, 'P3');
const invocation = (session_id: unknown) =>
  payloadOf({
    tool_name: 'write_stdin',
    payload: { type: 'function', arguments: JSON.stringify({ session_id }) },
  });

type Place = { readonly thread_id?: string; readonly seq?: number };
const exec = (tool_call_id: string, process?: string, place: Place = {}) =>
  toolRuntimeStarted({ tool_call_id, kind: { type: 'exec_command' }, payload: begin(process), ...place });
const execEnd = (tool_call_id: string, process?: string, place: Place = {}) =>
  toolRuntimeEnded({ tool_call_id, kind: { type: 'exec_command' }, payload: finish(process), ...place });
const write = (tool_call_id: string, process: unknown, place: Place = {}) =>
  toolStarted({ tool_call_id, kind: { type: 'write_stdin' }, payload: invocation(process), ...place });
/** A write that the runtime reports, with its process or without. */
const writeBegin = (tool_call_id: string, process?: string) =>
  toolRuntimeStarted({ tool_call_id, kind: { type: 'write_stdin' }, payload: begin(process) });
const writeEnd = (tool_call_id: string, process?: string) =>
  toolRuntimeEnded({ tool_call_id, kind: { type: 'write_stdin' }, payload: finish(process) });
const target = (tool_call_id: string, exec_tool_call_id: string) =>
  stdinTargeted({ tool_call_id, exec_tool_call_id });

const opened = (creator: number, fields: object = {}) =>
  inserted('terminal_sessions', session(creator), {
    terminal_id: session(creator),
    created_by_operation_id: op(creator),
    operation_ids: [op(creator)],
    ...fields,
  });
const joined = (creator: number, operation: number) =>
  link('terminal_sessions', session(creator), 'operation_ids', [op(operation)]);
const left = (creator: number, ...rest: readonly number[]) =>
  patch('terminal_sessions', session(creator), { operation_ids: rest.map(op) });
const removed = (creator: number) =>
  ({ type: 'remove', table: 'terminal_sessions', id: session(creator) }) as const;
const moved = (operation: number, creator: number) =>
  patch('terminal_operations', op(operation), { terminal_id: session(creator) });

const start = given(terminals(schema2));

describe('a command', () => {
  it('opens a session of its own, named after itself', () => {
    start.when(exec('X1', '1')).thenWritesTo(
      'terminal_sessions',
      insert('terminal_sessions', session(1), {
        terminal_id: session(1),
        thread_id: 'T1',
        created_by_operation_id: op(1),
        operation_ids: [op(1)],
        execution: runningSince(at()),
      }),
    );
  });

  it('opens one although its process id was used before', () => {
    start.after(exec('X1', '1')).when(exec('X2', '1')).thenWritesTo('terminal_sessions', opened(2));
  });

  it('opens none without a process id', () => {
    start
      .when(exec('X1'))
      .thenWritesTo('terminal_sessions')
      .thenWritesTo('terminal_operations', inserted('terminal_operations', op(1), { terminal_id: null }));
    start.after(exec('X1')).when(execEnd('X1')).thenWritesTo('terminal_sessions');
  });

  it('opens one as of its start where its end reveals the process', () => {
    start
      .after(exec('X1', undefined, { seq: 4 }))
      .when(execEnd('X1', '1', { seq: 9 }))
      .thenWritesTo('terminal_sessions', opened(1, { execution: runningSince(at({ seq: 4 })) }));
  });

  it('opens one also where its end reveals a process that another command has', () => {
    start
      .after(exec('X1', '1'), exec('X2'))
      .when(execEnd('X2', '1'))
      .thenWritesTo('terminal_sessions', opened(2));
  });

  it('may have the empty process id', () => {
    start.when(exec('X1', '')).thenWritesTo('terminal_sessions', opened(1));
    start.after(exec('X1', '')).when(writeBegin('X2', '')).thenWritesTo('terminal_sessions', joined(1, 2));
  });
});

describe('a write', () => {
  it('joins the newest session of its process, by the text of its id', () => {
    start.after(exec('X1', '1')).when(write('X2', 1)).thenWritesTo('terminal_sessions', joined(1, 2));
    start
      .after(exec('X1', '1'), exec('X2', '1'))
      .when(write('X3', '1'))
      .thenWritesTo('terminal_sessions', joined(2, 3));
  });

  it('joins the session after the process ended', () => {
    start
      .after(exec('X1', '1'), execEnd('X1', '1'))
      .when(write('X2', 1))
      .thenWritesTo('terminal_sessions', joined(1, 2));
  });

  it('joins the command whose end revealed the process last', () => {
    const both = start.after(exec('X1', '1'), exec('X2'), execEnd('X2', '1'));
    both.when(write('X3', 1)).thenWritesTo('terminal_sessions', joined(2, 3));
    both.after(execEnd('X1', '1')).when(write('X3', 1)).thenWritesTo('terminal_sessions', joined(2, 3));
  });

  it('opens a session where there is none, and later writes join it', () => {
    start.when(write('X1', 42), write('X2', 42)).thenWritesTo('terminal_sessions', opened(1), joined(1, 2));
  });

  it('leaves its session to the next command of the process', () => {
    start
      .after(write('X1', 1))
      .when(exec('X2', '1'), write('X3', 1))
      .thenWritesTo('terminal_sessions', opened(2), joined(2, 3));
  });

  it('joins no session of another thread', () => {
    start
      .after(exec('X1', '1'))
      .when(write('X2', 1, { thread_id: 'T2' }))
      .thenWritesTo('terminal_sessions', opened(2, { thread_id: 'T2' }));
  });

  it('joins by what the runtime reports, at its begin or at its end', () => {
    start.after(exec('X1', '1')).when(writeBegin('X2', '1')).thenWritesTo('terminal_sessions', joined(1, 2));
    start
      .after(exec('X1', '1'), writeBegin('X2'))
      .when(writeEnd('X2', '1'))
      .thenWritesTo('terminal_sessions', joined(1, 2));
    start.after(writeBegin('X1')).when(writeEnd('X1', '1')).thenWritesTo('terminal_sessions', opened(1));
  });
});

describe('the process of an operation', () => {
  it('does not change', () => {
    start
      .after(exec('X1', '1'))
      .when(execEnd('X1', '9'))
      .thenReports({ code: 'terminal_process_changed', entity: op(1) })
      .thenWritesTo('terminal_sessions');
    start
      .after(exec('X1'), execEnd('X1', '2'))
      .when(execEnd('X1', '3'))
      .thenReports('terminal_process_changed');
  });

  it('is that of the session to which the operation was moved', () => {
    const back = start.after(exec('X1', '1'), write('X2', 42), target('X2', 'X1'));
    back.when(writeEnd('X2', '1')).thenWritesTo('terminal_sessions');
    back.when(writeEnd('X2', '42')).thenReports({ code: 'terminal_process_changed', entity: op(2) });
    const ended = toolEnded({ tool_call_id: 'X2', kind: { type: 'write_stdin' }, payload: finish('42') });
    back.when(ended).thenReports('terminal_process_changed');
  });

  it('is that of the session for an operation that had none', () => {
    const placed = start.after(exec('X1', '1'), exec('X2'), target('X2', 'X1'));
    placed.when(execEnd('X2', '1')).thenWritesTo('terminal_sessions');
    placed.when(execEnd('X2', '2')).thenReports('terminal_process_changed');
  });

  it('does not get to the thread of an operation that was moved to another thread', () => {
    start
      .after(exec('X1', '1', { thread_id: 'T2' }), exec('X2'), target('X2', 'X1'), execEnd('X2', '1'))
      .when(write('X3', 1))
      .thenWritesTo('terminal_sessions', opened(3));
  });
});

describe('a target that was resolved', () => {
  const two = start.after(exec('X1', '1'), exec('X2', '2'), write('X3', 42));

  it('moves the write to the session of the command; a session without operations goes', () => {
    two.when(target('X3', 'X1')).thenWrites(removed(3), joined(1, 3), moved(3, 1));
  });

  it('leaves a session that others are in, with its name and its start', () => {
    two.after(write('X4', 42)).when(target('X3', 'X1')).thenWrites(left(3, 4), joined(1, 3), moved(3, 1));
  });

  it('moves the write to the end of the session, each time it is another one', () => {
    two
      .after(target('X3', 'X1'))
      .when(target('X3', 'X2'), target('X3', 'X1'))
      .thenWrites(left(1, 1), joined(2, 3), moved(3, 2), left(2, 2), joined(1, 3), moved(3, 1));
  });

  it('moves nothing where the write is there already, or is its own target', () => {
    two.after(target('X3', 'X1')).when(target('X3', 'X1')).thenNothing();
    two.when(target('X3', 'X3')).thenNothing();
    start.after(exec('X1', '1'), write('X2', 1)).when(target('X2', 'X1')).thenNothing();
  });

  it('may be another write, in the session where that is now', () => {
    two
      .after(write('X4', 43), target('X3', 'X1'))
      .when(target('X4', 'X3'))
      .thenWrites(removed(4), joined(1, 4), moved(4, 1));
  });

  it('may move a command, which takes its process along to nowhere', () => {
    two
      .after(target('X1', 'X2'))
      .when(write('X4', 1))
      .thenWritesTo(
        'terminal_sessions',
        opened(1, { created_by_operation_id: op(4), operation_ids: [op(4)] }),
      );
    two.when(target('X1', 'X2')).thenWrites(removed(1), joined(2, 1), moved(1, 2));
  });

  it('may be in another thread', () => {
    start
      .after(exec('X1', '1', { thread_id: 'T2' }), write('X2', 1))
      .when(target('X2', 'X1'))
      .thenWrites(removed(2), joined(1, 2), moved(2, 1));
  });

  it('moves an operation that had no session', () => {
    start.after(exec('X1', '1'), exec('X2')).when(target('X2', 'X1')).thenWrites(joined(1, 2), moved(2, 1));
  });

  it.each([
    ['the write has no operation', [exec('X1', '1')]],
    ['the target has no operation', [write('X2', 42)]],
    ['the target has no session', [exec('X1'), write('X2', 42)]],
  ])('does nothing where %s, and is not remembered', (_what, history) => {
    start
      .after(...history)
      .when(target('X2', 'X1'))
      .thenNothing();
  });

  it('is not remembered for a write that begins later', () => {
    start
      .after(exec('X1', '1'), target('X2', 'X1'))
      .when(write('X2', 42))
      .thenWritesTo('terminal_sessions', opened(2));
  });
});

describe('a session that was removed', () => {
  const gone = start.after(exec('X1', '1'), write('X2', 42), target('X2', 'X1'));
  const again = (operation: number, seq = 1) =>
    opened(2, {
      created_by_operation_id: op(operation),
      operation_ids: [op(operation)],
      execution: runningSince(at({ seq })),
    });

  it('is made again under its name by the next write to its process', () => {
    gone.when(write('X3', 42, { seq: 7 })).thenWritesTo('terminal_sessions', again(3, 7));
  });

  it('may be joined again by who was in it', () => {
    gone.after(write('X3', 42)).when(target('X2', 'X3')).thenWrites(left(1, 1), joined(2, 2), moved(2, 2));
  });

  it('may be removed and made again more than once', () => {
    gone
      .after(write('X3', 42))
      .when(target('X3', 'X1'), write('X4', 42))
      .thenWritesTo('terminal_sessions', removed(2), joined(1, 3), again(4));
  });

  it('is forgotten with the next command of the process', () => {
    gone.when(exec('X3', '42'), write('X4', 42)).thenWritesTo('terminal_sessions', opened(3), joined(3, 4));
  });
});

describe('a thread that goes on after its end', () => {
  const restarted = start.after(exec('X1', '1'), threadRestarted());

  it('has forgotten whose processes are whose', () => {
    restarted.when(write('X2', 1), write('X3', 1)).thenWritesTo('terminal_sessions', opened(2), joined(2, 3));
  });

  it('lets operations end that began before, which brings nothing back', () => {
    restarted.when(execEnd('X1', '1'), write('X2', 1)).thenWritesTo('terminal_sessions', opened(2));
    restarted.when(execEnd('X1', '9')).thenReports('terminal_process_changed');
  });

  it('leaves the processes of other threads alone', () => {
    start
      .after(exec('X1', '1'), threadRestarted({ thread_id: 'T2' }))
      .when(write('X2', 1))
      .thenWritesTo('terminal_sessions', joined(1, 2));
  });

  it('has sessions that a target may be in', () => {
    restarted
      .after(write('X2', 1))
      .when(target('X2', 'X1'))
      .thenWrites(removed(2), joined(1, 2), moved(2, 1));
  });
});
