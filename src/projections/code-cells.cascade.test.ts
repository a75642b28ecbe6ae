import { describe, expect, it } from 'vitest';
import {
  cellEnded,
  cellResponded,
  cellStarted,
  inferenceCompleted,
  inferenceStarted,
  payloadOf,
  threadStarted,
  toolCallEnded,
  toolCallStarted,
  turnEnded,
  turnStarted,
} from '../../test/helpers/facts.js';
import { reduceFacts } from '../../test/helpers/fold.js';
import { execCall, execOutput, user } from '../../test/helpers/items.js';

const CELL = 'code_cell:call-code';
const request = inferenceStarted({ payload: payloadOf({ input: [user('count files')] }, 'P1') });
const answer = inferenceCompleted({ payload: payloadOf({ output_items: [execCall('call-code')] }, 'P2') });
const opening = [threadStarted(), turnStarted(), request] as const;
const fromCell = { type: 'code_cell', runtime_cell_id: '1' } as const;

describe('a code cell', () => {
  it('gathers its nested tools, the waits for it and its output', () => {
    const followUp = { previous_response_id: 'resp-1', input: [execOutput('call-code', 'running')] };
    const wait = { tool_name: 'wait', payload: { type: 'function', arguments: '{"cell_id":"1"}' } };
    const { trace, diagnostics, unresolved } = reduceFacts(
      ...opening,
      cellStarted(),
      answer,
      cellResponded(),
      toolCallStarted({ tool_call_id: 'nested', requester: fromCell }),
      toolCallEnded({ tool_call_id: 'nested' }),
      turnStarted({ codex_turn_id: 'U2' }),
      inferenceStarted({ inference_call_id: 'I2', codex_turn_id: 'U2', payload: payloadOf(followUp, 'P3') }),
      toolCallStarted({ tool_call_id: 'wait', turn: 'U2', payload: payloadOf(wait, 'P4') }),
      cellEnded({ turn: 'U2' }),
    );
    expect([diagnostics, unresolved]).toEqual([[], []]);
    expect(trace.code_cells.get(CELL)).toMatchObject({
      thread_id: 'T1',
      codex_turn_id: 'U1',
      runtime_cell_id: '1',
      runtime_status: 'completed',
      execution: { started_seq: 4, ended_seq: 12, status: 'completed' },
      initial_response_seq: 6,
      yielded_seq: 6,
      source_item_id: 'conversation_item:2',
      output_item_ids: ['conversation_item:3'],
      nested_tool_call_ids: ['nested'],
      wait_tool_call_ids: ['wait'],
    });
    expect(trace.conversation_items.get('conversation_item:2')?.kind).toBe('custom_tool_call');
    expect(trace.conversation_items.get('conversation_item:3')?.produced_by).toEqual([
      { type: 'code_cell', code_cell_id: CELL },
    ]);
  });

  it("that is faster than its response holds a cell's end behind its queued start", () => {
    const status = 'failed' as const;
    const { trace } = reduceFacts(
      ...opening,
      cellStarted(),
      cellResponded({ status }),
      cellEnded({ status }),
      answer,
    );
    expect(trace.code_cells.get(CELL)).toMatchObject({
      runtime_status: 'failed',
      execution: { started_seq: 4, ended_seq: 6, status: 'failed' },
      initial_response_seq: 5,
      yielded_seq: null,
    });
  });

  it('is terminated when its turn is cancelled', () => {
    const { trace } = reduceFacts(...opening, answer, cellStarted(), turnEnded({ status: 'cancelled' }));
    expect(trace.code_cells.get(CELL)).toMatchObject({
      runtime_status: 'terminated',
      execution: { ended_seq: 6, status: 'cancelled' },
    });
  });

  it('that is held is left alone when its turn is cancelled', () => {
    const { trace } = reduceFacts(...opening, cellStarted(), turnEnded({ status: 'cancelled' }), answer);
    expect(trace.code_cells.get(CELL)).toMatchObject({
      runtime_status: 'starting',
      execution: { ended_seq: null, status: 'running' },
    });
  });

  it('is known by its call: two threads may use one handle', () => {
    const child = { thread: 'T2', turn: 'U2' } as const;
    const childCall = { inference_call_id: 'I2', thread_id: 'T2', codex_turn_id: 'U2' };
    const childAnswer = { response_id: 'resp-2', output_items: [execCall('call-child')] };
    const { trace, diagnostics } = reduceFacts(
      threadStarted({ thread_id: 'T2', agent_path: '/root/child' }),
      turnStarted({ codex_turn_id: 'U2', thread_id: 'T2' }),
      ...opening,
      cellStarted(),
      answer,
      cellEnded({ status: 'failed' }),
      inferenceStarted({ ...childCall, payload: payloadOf({ input: [] }, 'P3') }),
      cellStarted({ model_visible_call_id: 'call-child', ...child }),
      inferenceCompleted({ inference_call_id: 'I2', payload: payloadOf(childAnswer, 'P4') }),
      cellEnded(child),
    );
    expect(diagnostics).toEqual([]);
    expect(trace.code_cells.get(CELL)).toMatchObject({
      thread_id: 'T1',
      runtime_cell_id: '1',
      runtime_status: 'failed',
    });
    expect(trace.code_cells.get('code_cell:call-child')).toMatchObject({
      thread_id: 'T2',
      runtime_cell_id: '1',
      runtime_status: 'completed',
    });
  });

  it('that never gets a source is missing, but its tools still name it', () => {
    const { trace, diagnostics, unresolved } = reduceFacts(
      ...opening,
      cellStarted(),
      toolCallStarted({ requester: fromCell }),
      cellEnded(),
    );
    expect(diagnostics).toEqual([]);
    expect(unresolved).toMatchObject([{ kind: 'code_cell', entity: CELL, since: { seq: 4 } }]);
    expect(trace.code_cells.size).toBe(0);
    expect(trace.tool_calls.get('X1')?.requester).toEqual({ type: 'code_cell', code_cell_id: CELL });
  });
});
