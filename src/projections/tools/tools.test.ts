import { describe, expect, it } from 'vitest';
import {
  at,
  mcpCorrelated,
  missingPayload,
  payloadOf,
  stdinTargetResolved,
  toolCallEnded,
  toolCallStarted,
  toolRuntimeBegan,
  toolRuntimeFinished,
} from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import {
  cellBound,
  cellWaited,
  stdinTargeted,
  threadAppeared,
  threadRestarted,
  toolEnded,
  toolRuntimeEnded,
  toolRuntimeStarted,
  toolStarted,
  turnAppeared,
} from '../../../test/helpers/learned.js';
import { insert, link, patch } from '../../facts/writes.js';
import { endedAt, runningSince } from '../../model/execution.js';
import type { ToolCallKind } from '../../model/tool-kind.js';
import { schema1 } from '../../schemas/schema-1.js';
import { schema2 } from '../../schemas/schema-2.js';
import { tools } from './tools.js';

const X1 = toolCallStarted();
const sinceStart = runningSince(at());
const known = given(tools(schema1)).after(threadAppeared(), turnAppeared());
const running = known.after(X1);

describe('a tool call', () => {
  it('starts in its thread and turn', () => {
    known
      .when(toolCallStarted({ model_visible_call_id: 'call-1', code_mode_runtime_tool_id: 'js-1' }))
      .thenWrites(
        insert('tool_calls', 'X1', {
          tool_call_id: 'X1',
          mcp_call_id: null,
          model_visible_call_id: 'call-1',
          code_mode_runtime_tool_id: 'js-1',
          thread_id: 'T1',
          started_by_codex_turn_id: 'U1',
          execution: sinceStart,
          requester: { type: 'model' },
          kind: { type: 'other', name: 'test' },
          model_visible_call_item_ids: [],
          model_visible_output_item_ids: [],
          terminal_operation_id: null,
          summary: { type: 'generic', label: 'test', input_preview: null, output_preview: null },
          raw_invocation_payload_id: null,
          raw_result_payload_id: null,
          raw_runtime_payload_ids: [],
        }),
      )
      .thenLearns(toolStarted({ model_visible_call_id: 'call-1' }));
  });

  it('keeps its first start', () => {
    running
      .when(toolCallStarted({ kind: { type: 'web' } }))
      .thenReports({ code: 'tool_duplicate', entity: 'X1' })
      .thenWrites()
      .thenLearns();
  });

  it('keeps its call id where another tool has it, but the items stay with the first', () => {
    known
      .after(toolCallStarted({ model_visible_call_id: 'call-1' }))
      .when(toolCallStarted({ tool_call_id: 'X2', model_visible_call_id: 'call-1' }))
      .thenReports({ code: 'tool_call_id_taken', entity: 'X2' })
      .thenWrites(inserted('tool_calls', 'X2', { model_visible_call_id: 'call-1' }));
  });

  it('takes the thread of its turn', () => {
    known
      .after(turnAppeared({ codex_turn_id: 'U2', thread_id: 'T2' }))
      .when(toolCallStarted({ thread: null, turn: 'U2' }))
      .thenWrites(inserted('tool_calls', 'X1', { thread_id: 'T2', started_by_codex_turn_id: 'U2' }));
  });

  it('that is nowhere at home goes to the first thread', () => {
    known
      .after(threadAppeared({ thread_id: 'T2' }))
      .when(toolCallStarted({ thread: null, turn: null }))
      .thenWrites(inserted('tool_calls', 'X1', { thread_id: 'T1', started_by_codex_turn_id: null }));
  });

  it('ends with its result, or without one', () => {
    const result = payloadOf({}, 'P2');
    running
      .when(toolCallEnded({ status: 'failed', payload: result, seq: 2 }))
      .thenWrites(
        patch('tool_calls', 'X1', {
          execution: endedAt(sinceStart, at({ seq: 2 }), 'failed'),
          raw_result_payload_id: 'P2',
        }),
      )
      .thenLearns(toolEnded({ status: 'failed', payload: result, evidence: ['P2'], seq: 2 }));
    running
      .after(toolCallEnded({ payload: result }))
      .when(toolCallEnded({ seq: 3 }))
      .thenWrites(
        patch('tool_calls', 'X1', {
          execution: endedAt(sinceStart, at({ seq: 3 }), 'completed'),
          raw_result_payload_id: null,
        }),
      );
  });

  it.each([
    ['MCP correlation', mcpCorrelated()],
    ['begin of the runtime', toolRuntimeBegan()],
    ['end of the runtime', toolRuntimeFinished()],
    ['end', toolCallEnded()],
  ])('that nothing started leaves its %s out', (_what, fact) => {
    known.when(fact).thenReports({ code: 'tool_unknown', entity: 'X1' }).thenWrites().thenLearns();
  });

  it('takes one MCP correlation, the first', () => {
    running.when(mcpCorrelated()).thenWrites(patch('tool_calls', 'X1', { mcp_call_id: 'M1' }));
    running
      .after(mcpCorrelated())
      .when(mcpCorrelated({ mcp_call_id: 'M2' }))
      .thenReports({ code: 'mcp_correlation_duplicate', entity: 'X1' })
      .thenWrites();
  });
});

describe('a tool call without any context', () => {
  const bare = toolCallStarted({ thread: null, turn: null });

  it('goes to the first thread', () => {
    const [started] = given(tools(schema1)).after(threadAppeared()).when(bare).learned('tool_started');
    expect(started).toMatchObject({ thread_id: 'T1' });
  });

  it('is left out where there is no thread to take it', () => {
    given(tools(schema1)).when(bare).thenNothing();
  });
});

describe('the summary of a tool call', () => {
  it.each([
    { type: 'terminal', operation_id: 'terminal_operation:7' },
    { type: 'agent', target_agent_path: '/root/a', task_name: null, message_preview: 'go' },
    { type: 'wait_agent', target_agent_path: null, timeout_ms: null },
    { type: 'generic', label: 'l', input_preview: null, output_preview: null },
  ] as const)('of type $type has null where the event leaves fields out', (summary) => {
    const recorded = Object.fromEntries(Object.entries(summary).filter(([, value]) => value !== null));
    const started = { ...X1, body: { ...X1.body, summary: recorded as typeof summary } };
    known.when(started).thenWrites(inserted('tool_calls', 'X1', { summary }));
  });
});

describe('what the runtime reports of a tool', () => {
  const invocation = payloadOf({}, 'P1');
  const begin = payloadOf({}, 'P2');
  const end = payloadOf({}, 'P3');
  const started = known.after(toolCallStarted({ payload: invocation }));

  it('is evidence, beside the invocation and the result', () => {
    started
      .after(toolRuntimeBegan({ payload: begin }))
      .when(toolRuntimeFinished({ payload: end, status: 'failed', seq: 3 }))
      .thenWrites(link('tool_calls', 'X1', 'raw_runtime_payload_ids', ['P3']))
      .thenLearns(toolRuntimeEnded({ status: 'failed', payload: end, evidence: ['P1', 'P2', 'P3'], seq: 3 }));
  });

  it('is listed once, however often it is reported', () => {
    started
      .after(toolRuntimeBegan({ payload: begin }))
      .when(toolRuntimeBegan({ payload: begin }))
      .thenWrites()
      .thenLearns(toolRuntimeStarted({ payload: begin, evidence: ['P1', 'P2'] }));
  });

  it('outranks the result', () => {
    const [ended] = started
      .after(toolRuntimeBegan({ payload: begin }))
      .when(toolCallEnded())
      .learned('tool_ended');
    expect(ended?.runtime_observed).toBe(true);
  });

  it('happens at the start of the tool for whoever draws it', () => {
    const [report] = started.when(toolRuntimeBegan({ seq: 9 })).learned('tool_runtime_started');
    expect(report).toMatchObject({ started_at_unix_ms: 1010, at: { seq: 9 } });
  });
});

describe('a tool that code asked for', () => {
  const requester = { type: 'code_cell', runtime_cell_id: '1' } as const;

  it('belongs to the cell with that handle in its thread', () => {
    known
      .after(cellBound(), cellBound({ thread_id: 'T2', code_cell_id: 'code_cell:other' }))
      .when(toolCallStarted({ requester }))
      .thenWrites(
        inserted('tool_calls', 'X1', {
          requester: { type: 'code_cell', code_cell_id: 'code_cell:call-code' },
        }),
      );
  });

  it('keeps a requester that says which handle is unknown', () => {
    known
      .when(toolCallStarted({ requester }))
      .thenReports({ code: 'code_cell_unknown', entity: '1' })
      .thenWrites(
        inserted('tool_calls', 'X1', {
          requester: { type: 'code_cell', code_cell_id: 'code_cell:(unknown 1)' },
        }),
      );
  });
});

describe('a call of wait', () => {
  const wait = (args: unknown, tool_name = 'wait') =>
    toolCallStarted({ payload: payloadOf({ tool_name, payload: { type: 'function', arguments: args } }) });

  it('waits for the cell with the handle in its arguments, whatever kind the tool is', () => {
    const outcome = known.after(cellBound()).when(wait('{"cell_id":"1"}'));
    expect(outcome.learned('cell_waited')).toEqual([cellWaited()]);
  });

  it('waits for nothing where the handle is unknown, or where another tool is called', () => {
    expect(known.when(wait('{"cell_id":"1"}')).learned('cell_waited')).toEqual([]);
    const other = known.after(cellBound()).when(wait('{"cell_id":"1"}', 'wait_agent'));
    expect(other.learned('cell_waited')).toEqual([]);
  });

  it.each([
    ['are not there', undefined],
    ['are no text', { cell_id: '1' }],
    ['are not JSON', '{cell_id}'],
    ['name no cell', '{}'],
    ['name the cell by a number', '{"cell_id":1}'],
  ])('is kept without a link where its arguments %s', (_what, args) => {
    known
      .after(cellBound())
      .when(wait(args))
      .thenReports({ code: 'wait_arguments_invalid', entity: 'X1' })
      .thenWrites(inserted('tool_calls', 'X1', { raw_invocation_payload_id: 'P1' }));
  });

  it('needs its invocation', () => {
    known
      .when(toolCallStarted({ payload: missingPayload() }))
      .thenReports({ code: 'payload_missing', entity: 'P1' })
      .thenWrites(inserted('tool_calls', 'X1', { raw_invocation_payload_id: 'P1' }));
  });
});

describe('the kind of a tool', () => {
  const exec = { type: 'exec_command' } as const;
  const started = given(tools(schema2)).after(threadAppeared(), turnAppeared(), toolCallStarted());
  const payload = payloadOf({}, 'P2');
  const becomes = (kind: ToolCallKind) => patch('tool_calls', 'X1', { kind });
  const reported = link('tool_calls', 'X1', 'raw_runtime_payload_ids', ['P2']);

  it('is what its runtime start says, for everything that follows', () => {
    started
      .when(toolRuntimeBegan({ kind: exec, payload }))
      .thenWrites(becomes(exec), reported)
      .thenLearns(toolRuntimeStarted({ kind: exec, payload, evidence: ['P2'] }));
    started
      .after(toolRuntimeBegan({ kind: exec, payload }))
      .when(toolRuntimeFinished({ payload }))
      .thenWrites()
      .thenLearns(toolRuntimeEnded({ kind: exec, payload, evidence: ['P2'] }));
  });

  it('is what the last of its runtime starts says', () => {
    started
      .after(toolRuntimeBegan({ kind: exec, payload }))
      .when(toolRuntimeBegan({ kind: { type: 'web' }, payload }))
      .thenWrites(becomes({ type: 'web' }));
  });

  it('is that of its start in schema 1, whose runtime start says none', () => {
    running.when(toolRuntimeBegan({ payload })).thenWrites(reported);
  });

  it('is corrected for a tool that is known only', () => {
    given(tools(schema2))
      .when(toolRuntimeBegan({ kind: exec }))
      .thenReports({ code: 'tool_unknown', entity: 'X1' })
      .thenWrites();
  });
});

describe('the target of a write', () => {
  const both = known.after(X1, toolCallStarted({ tool_call_id: 'X2' }));

  it('is passed on where both tools are known', () => {
    both.when(stdinTargetResolved()).thenWrites().thenLearns(stdinTargeted());
  });

  it('may be the write itself', () => {
    const itself = { tool_call_id: 'X1', exec_tool_call_id: 'X1' };
    running.when(stdinTargetResolved(itself)).thenLearns(stdinTargeted(itself));
  });

  it('is left out where a tool is not known, of two the write is named', () => {
    running.when(stdinTargetResolved()).thenReports({ code: 'tool_unknown', entity: 'X2' }).thenLearns();
    known
      .after(toolCallStarted({ tool_call_id: 'X2' }))
      .when(stdinTargetResolved())
      .thenReports({ code: 'tool_unknown', entity: 'X1' })
      .thenLearns();
    known.when(stdinTargetResolved()).thenReports({ code: 'tool_unknown', entity: 'X2' }).thenLearns();
  });
});

describe('a thread that goes on after its end', () => {
  const requester = { type: 'code_cell', runtime_cell_id: '1' } as const;
  const restarted = known.after(cellBound(), threadRestarted());

  it('has forgotten the handles of its cells', () => {
    restarted.when(toolCallStarted({ requester })).thenReports({ code: 'code_cell_unknown', entity: '1' });
    const wait = payloadOf({
      tool_name: 'wait',
      payload: { type: 'function', arguments: '{"cell_id":"1"}' },
    });
    expect(restarted.when(toolCallStarted({ payload: wait })).learned('cell_waited')).toEqual([]);
    expect(
      known
        .after(cellBound())
        .when(toolCallStarted({ payload: wait }))
        .learned('cell_waited'),
    ).toEqual([cellWaited()]);
  });

  it('may bind them again, and leaves those of other threads alone', () => {
    const nested = { requester: { type: 'code_cell', code_cell_id: 'code_cell:call-code' } } as const;
    restarted
      .after(cellBound())
      .when(toolCallStarted({ requester }))
      .thenWrites(inserted('tool_calls', 'X1', nested));
    known
      .after(cellBound(), threadRestarted({ thread_id: 'T2' }))
      .when(toolCallStarted({ requester }))
      .thenWrites(inserted('tool_calls', 'X1', nested));
  });
});
