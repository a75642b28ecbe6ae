import { describe, it } from 'vitest';
import { at, missingPayload, payloadOf } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import {
  toolEnded,
  toolItemsLinked,
  toolRuntimeEnded,
  toolRuntimeStarted,
  toolStarted,
} from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import { endedAt, runningSince } from '../../model/execution.js';
import { schema1 } from '../../schemas/schema-1.js';
import { schema2 } from '../../schemas/schema-2.js';
import { terminals } from './terminals.js';

const exec = { kind: { type: 'exec_command' } } as const;
const stdin = { kind: { type: 'write_stdin' } } as const;
const OP = 'terminal_operation:1';
const sinceStart = runningSince(at());

const begin = (process_id?: string, id = 'P2') =>
  payloadOf({ process_id, command: ['cargo', 'test'], cwd: '/repo' }, id);
const finish = (process_id?: string, id = 'P3') =>
  payloadOf({ process_id, stdout: 'ok\n', stderr: '', exit_code: 0, formatted_output: 'ok\n' }, id);
const invocation = (session_id: unknown) =>
  payloadOf({
    tool_name: 'write_stdin',
    payload: { type: 'function', arguments: JSON.stringify({ session_id, chars: 'hi\n' }) },
  });
const result = {
  exit_code: 0,
  stdout: 'ok\n',
  stderr: '',
  formatted_output: 'ok\n',
  original_token_count: null,
  chunk_id: null,
};

const begun = given(terminals(schema1)).after(toolRuntimeStarted({ ...exec, payload: begin() }));
const inPty = given(terminals(schema1)).after(toolRuntimeStarted({ ...exec, payload: begin('pty-1') }));

describe('a command', () => {
  it('begins an operation with the report of the runtime', () => {
    given(terminals(schema1))
      .after(toolStarted(exec))
      .when(toolRuntimeStarted({ ...exec, payload: begin() }))
      .thenWrites(
        insert('terminal_operations', OP, {
          operation_id: OP,
          terminal_id: null,
          tool_call_id: 'X1',
          kind: 'exec_command',
          execution: sinceStart,
          request: {
            type: 'exec_command',
            command: ['cargo', 'test'],
            display_command: 'cargo test',
            cwd: '/repo',
            yield_time_ms: null,
            max_output_tokens: null,
          },
          result: null,
          model_observations: [],
          raw_payload_ids: ['P2'],
        }),
        patch('tool_calls', 'X1', {
          terminal_operation_id: OP,
          summary: { type: 'terminal', operation_id: OP },
        }),
      );
  });

  it('ends with what the runtime saw', () => {
    begun.when(toolRuntimeEnded({ ...exec, payload: finish(), seq: 2 })).thenWrites(
      patch('terminal_operations', OP, {
        terminal_id: null,
        execution: endedAt(sinceStart, at({ seq: 2 }), 'completed'),
        result,
      }),
      link('terminal_operations', OP, 'raw_payload_ids', ['P3']),
    );
  });

  it('ends with its result only where the runtime said nothing', () => {
    begun.when(toolEnded({ ...exec, payload: finish(), runtime_observed: true })).thenNothing();
    begun.when(toolEnded({ ...exec, status: 'aborted', seq: 2 })).thenWrites(
      patch('terminal_operations', OP, {
        terminal_id: null,
        execution: endedAt(sinceStart, at({ seq: 2 }), 'aborted'),
      }),
    );
  });

  it('has one operation, the first', () => {
    begun
      .when(toolRuntimeStarted({ ...exec, payload: begin('pty-1') }))
      .thenReports({ code: 'terminal_operation_second', entity: 'X1' })
      .thenWrites();
  });

  it.each([
    ['is no report of a command', payloadOf({ changes: {} }), 'terminal_start_invalid'],
    ['is missing', missingPayload(), 'payload_missing'],
  ] as const)('has no operation where the report %s', (_what, payload, code) => {
    given(terminals(schema1))
      .when(toolRuntimeStarted({ ...exec, payload }))
      .thenReports(code)
      .thenWrites();
  });

  it.each([
    ['is of no known form', payloadOf({ output: 'ok' }), 'terminal_result_invalid'],
    ['is missing', missingPayload(), 'payload_missing'],
  ] as const)('ends without a result where that %s', (_what, payload, code) => {
    begun
      .when(toolRuntimeEnded({ ...exec, payload, status: 'failed', seq: 2 }))
      .thenReports(code)
      .thenWrites(
        patch('terminal_operations', OP, {
          terminal_id: null,
          execution: endedAt(sinceStart, at({ seq: 2 }), 'failed'),
        }),
      );
  });
});

describe('another tool', () => {
  it('has no operation, whatever the runtime reports', () => {
    given(terminals(schema1))
      .when(toolStarted({ payload: missingPayload() }), toolRuntimeStarted({ payload: begin() }))
      .thenNothing();
    given(terminals(schema1))
      .when(toolRuntimeEnded({ payload: finish() }), toolEnded())
      .thenNothing();
  });
});

describe('a write to a terminal', () => {
  it('begins with its invocation', () => {
    given(terminals(schema1))
      .when(toolStarted({ ...stdin, payload: invocation(123) }))
      .thenWritesTo(
        'terminal_operations',
        inserted('terminal_operations', OP, {
          terminal_id: '123',
          kind: 'write_stdin',
          request: { type: 'write_stdin', stdin: 'hi\n', yield_time_ms: null, max_output_tokens: null },
          raw_payload_ids: ['P1'],
        }),
      );
  });

  it('begins with the report of the runtime where it has no invocation', () => {
    given(terminals(schema1))
      .after(toolStarted(stdin))
      .when(toolRuntimeStarted({ ...stdin, payload: begin('pty-1') }))
      .thenWritesTo(
        'terminal_operations',
        inserted('terminal_operations', OP, {
          terminal_id: 'pty-1',
          kind: 'write_stdin',
          request: { type: 'write_stdin', stdin: '', yield_time_ms: null, max_output_tokens: null },
        }),
      );
  });

  it('that began with its invocation takes no second operation from the runtime', () => {
    given(terminals(schema1))
      .after(toolStarted({ ...stdin, payload: invocation(123) }))
      .when(toolRuntimeStarted({ ...stdin, payload: begin('123') }))
      .thenReports('terminal_operation_second')
      .thenWrites();
  });

  it('has no operation where its invocation names no session', () => {
    given(terminals(schema1))
      .when(toolStarted({ ...stdin, payload: invocation(null) }))
      .thenReports({ code: 'terminal_invocation_invalid', entity: 'X1' })
      .thenWrites();
  });

  it('ends with what the dispatcher gave back', () => {
    const response = { type: 'direct_response', response_item: { output: 'hi\n' } };
    given(terminals(schema1))
      .after(toolStarted({ ...stdin, payload: invocation(123) }))
      .when(toolEnded({ ...stdin, payload: payloadOf(response, 'P2'), seq: 2 }))
      .thenWrites(
        patch('terminal_operations', OP, {
          terminal_id: '123',
          execution: endedAt(sinceStart, at({ seq: 2 }), 'completed'),
          result: { ...result, exit_code: null, stdout: 'hi\n', formatted_output: 'hi\n' },
        }),
        link('terminal_operations', OP, 'raw_payload_ids', ['P2']),
      );
  });
});

describe('a terminal session', () => {
  it('opens with the first operation of its process', () => {
    given(terminals(schema1))
      .when(toolRuntimeStarted({ ...exec, payload: begin('pty-1') }))
      .thenWritesTo(
        'terminal_sessions',
        insert('terminal_sessions', 'pty-1', {
          terminal_id: 'pty-1',
          thread_id: 'T1',
          created_by_operation_id: OP,
          operation_ids: [OP],
          execution: sinceStart,
        }),
      );
  });

  it('is opened by an end that names the process, as of the start of the operation', () => {
    begun
      .when(toolRuntimeEnded({ ...exec, payload: finish('pty-1'), seq: 9 }))
      .thenWritesTo('terminal_sessions', inserted('terminal_sessions', 'pty-1', { execution: sinceStart }));
  });

  it('is joined by later operations of the process', () => {
    inPty
      .when(toolStarted({ ...stdin, tool_call_id: 'X2', payload: invocation('pty-1') }))
      .thenWritesTo(
        'terminal_sessions',
        link('terminal_sessions', 'pty-1', 'operation_ids', ['terminal_operation:2']),
      );
  });

  it('lists an operation once', () => {
    inPty.when(toolRuntimeEnded({ ...exec, payload: finish('pty-1') })).thenWritesTo('terminal_sessions');
  });

  it('stays with the process of the start where the end names another', () => {
    inPty
      .when(toolRuntimeEnded({ ...exec, payload: finish('pty-2') }))
      .thenReports({ code: 'terminal_process_changed', entity: OP })
      .thenWrites(
        patch('terminal_operations', OP, {
          terminal_id: 'pty-1',
          execution: endedAt(sinceStart, at(), 'completed'),
          result,
        }),
        link('terminal_operations', OP, 'raw_payload_ids', ['P3']),
      );
  });

  it('stays with the thread that opened it', () => {
    const foreign = { ...stdin, tool_call_id: 'X2', thread_id: 'T2', payload: invocation('pty-1') };
    const outcome = inPty.when(toolStarted(foreign));
    outcome
      .thenReports({ code: 'terminal_thread_changed', entity: 'pty-1' })
      .thenWritesTo('terminal_sessions')
      .thenWritesTo(
        'terminal_operations',
        inserted('terminal_operations', 'terminal_operation:2', { terminal_id: 'pty-1' }),
      );
  });
});

describe('what the model saw of an operation', () => {
  const linked = toolItemsLinked({
    call_item_ids: ['conversation_item:2'],
    output_item_ids: ['conversation_item:3'],
  });
  const observed = patch('terminal_operations', OP, {
    model_observations: [
      {
        call_item_ids: ['conversation_item:2'],
        output_item_ids: ['conversation_item:3'],
        source: 'direct_tool_call',
      },
    ],
  });

  it('are the items of its tool, whichever came first', () => {
    begun.when(linked).thenWrites(observed);
    given(terminals(schema1))
      .after(linked)
      .when(toolRuntimeStarted({ ...exec, payload: begin() }))
      .thenWritesTo('terminal_operations', inserted('terminal_operations', OP, {}), observed);
  });

  it('are nothing for a tool without an operation', () => {
    given(terminals(schema1)).when(linked).thenNothing();
  });
});

describe('an operation of schema 2', () => {
  const start = given(terminals(schema2));
  const ended = (json: object) => payloadOf(json, 'P3');
  const shown = (fields: object) => ({ ...result, stdout: '', formatted_output: null, ...fields });
  const endsWith = (fields: object) =>
    patch('terminal_operations', OP, {
      terminal_id: null,
      execution: endedAt(sinceStart, at(), 'completed'),
      result: shown(fields),
    });
  const endedBy = link('terminal_operations', OP, 'raw_payload_ids', ['P3']);
  const began = start.after(toolRuntimeStarted({ ...exec, payload: begin() }));
  const patched = { kind: { type: 'apply_patch' } } as const;

  it('ends with the aggregated output of a command', () => {
    began
      .when(toolRuntimeEnded({ ...exec, payload: ended({ exit_code: 3, aggregated_output: 'out' }) }))
      .thenWrites(endsWith({ exit_code: 3, stdout: 'out' }), endedBy);
  });

  it('may end without an output, but not with null', () => {
    began
      .when(toolRuntimeEnded({ ...exec, payload: ended({ exit_code: 0 }) }))
      .thenWrites(endsWith({}), endedBy);
    began
      .when(toolRuntimeEnded({ ...exec, payload: ended({ exit_code: 0, aggregated_output: null }) }))
      .thenReports({ code: 'terminal_result_invalid', entity: OP });
  });

  it('takes the last of two ends', () => {
    began
      .after(toolRuntimeEnded({ ...exec, payload: ended({ exit_code: 3 }) }))
      .when(toolRuntimeEnded({ ...exec, payload: ended({ exit_code: 4 }) }))
      .thenWrites(endsWith({ exit_code: 4 }));
  });

  it('begins as what the runtime says that the tool is', () => {
    start
      .after(toolStarted())
      .when(toolRuntimeStarted({ ...exec, payload: begin() }))
      .thenWritesTo('terminal_operations', inserted('terminal_operations', OP, { kind: 'exec_command' }));
    start
      .after(toolStarted(exec))
      .when(toolRuntimeStarted({ ...stdin, payload: begin() }))
      .thenWritesTo('terminal_operations', inserted('terminal_operations', OP, { kind: 'write_stdin' }));
    start
      .after(toolStarted(exec))
      .when(toolRuntimeStarted({ ...patched, payload: missingPayload() }))
      .thenNothing();
  });

  it('stays, and ends with the runtime, when the tool turns out to be another one', () => {
    began.when(toolRuntimeStarted({ ...patched, payload: missingPayload() })).thenNothing();
    began
      .after(toolRuntimeStarted({ ...patched, payload: missingPayload() }))
      .when(toolRuntimeEnded({ ...patched, payload: ended({ exit_code: 3 }) }))
      .thenWrites(endsWith({ exit_code: 3 }), endedBy);
  });

  it('does not begin twice, whatever the kind', () => {
    began
      .when(toolRuntimeStarted({ ...stdin, payload: begin() }))
      .thenReports({ code: 'terminal_operation_second', entity: 'X1' })
      .thenWrites();
    start
      .after(toolStarted({ ...stdin, payload: invocation(1) }))
      .when(toolRuntimeStarted({ ...exec, payload: begin() }))
      .thenReports('terminal_operation_second');
  });

  it.each([
    ['unusable arguments', invocation(null)],
    [
      'another namespace',
      payloadOf({ tool_name: 'write_stdin', tool_namespace: 'mcp', payload: { type: 'function' } }),
    ],
  ])('is none for a write with %s, which may still begin with the runtime', (_what, payload) => {
    const silent = start.after(toolStarted({ ...stdin, payload }));
    start.when(toolStarted({ ...stdin, payload })).thenNothing();
    silent.when(toolEnded({ ...stdin, payload: ended({ exit_code: 0 }) })).thenNothing();
    silent.when(toolRuntimeEnded({ ...stdin, payload: ended({ exit_code: 0 }) })).thenNothing();
    silent
      .when(toolRuntimeStarted({ ...stdin, payload: begin() }))
      .thenWritesTo('terminal_operations', inserted('terminal_operations', OP, { kind: 'write_stdin' }));
  });

  it('is a problem for a write of another name, as in schema 1', () => {
    const payload = payloadOf({ tool_name: 'exec_command', payload: { type: 'function', arguments: '{}' } });
    start
      .when(toolStarted({ ...stdin, payload }))
      .thenReports('terminal_invocation_invalid')
      .thenWrites();
  });
});
