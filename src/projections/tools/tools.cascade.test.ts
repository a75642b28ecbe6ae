import { describe, expect, it } from 'vitest';
import {
  cellStarted,
  inferenceCompleted,
  inferenceStarted,
  payloadOf,
  threadStarted,
  toolCallEnded,
  toolCallStarted,
  turnStarted,
} from '../../../test/helpers/facts.js';
import { reduceFacts } from '../../../test/helpers/fold.js';
import { execCall, execOutput, functionCall, functionOutput, user } from '../../../test/helpers/items.js';

const opening = [
  threadStarted(),
  turnStarted(),
  inferenceStarted({ payload: payloadOf({ input: [user('run tests')] }, 'P1') }),
] as const;
const answer = inferenceCompleted({ payload: payloadOf({ output_items: [functionCall('call-1')] }, 'P2') });
const tool = toolCallStarted({ model_visible_call_id: 'call-1' });
const followUp = inferenceStarted({
  inference_call_id: 'I2',
  payload: payloadOf({ previous_response_id: 'resp-1', input: [functionOutput('call-1')] }, 'P3'),
});

describe('a tool that the model called', () => {
  it('links its call, the response with it, and the output of a later request', () => {
    const { trace } = reduceFacts(...opening, answer, tool, toolCallEnded(), followUp);
    expect(trace.inference_calls.get('I1')).toMatchObject({
      response_item_ids: ['conversation_item:2'],
      tool_call_ids_started_by_response: ['X1'],
    });
    expect(trace.tool_calls.get('X1')).toMatchObject({
      model_visible_call_item_ids: ['conversation_item:2'],
      model_visible_output_item_ids: ['conversation_item:3'],
    });
    expect(trace.conversation_items.get('conversation_item:3')?.produced_by).toEqual([
      { type: 'tool', tool_call_id: 'X1' },
    ]);
  });

  it('is linked to its response only at the next sighting where it started before that was complete', () => {
    const early = [...opening, tool, answer] as const;
    expect(reduceFacts(...early).trace.inference_calls.get('I1')?.tool_call_ids_started_by_response).toEqual(
      [],
    );
    const again = inferenceStarted({
      inference_call_id: 'I2',
      payload: payloadOf({ input: [user('run tests'), functionCall('call-1')] }, 'P3'),
    });
    const { trace } = reduceFacts(...early, again);
    expect(trace.inference_calls.get('I1')?.tool_call_ids_started_by_response).toEqual(['X1']);
  });

  it('stands before the cell of its call among the producers of their output', () => {
    const shown = { input: [execCall('call-1'), execOutput('call-1')] };
    const { trace } = reduceFacts(
      ...opening,
      tool,
      cellStarted({ model_visible_call_id: 'call-1' }),
      inferenceStarted({ inference_call_id: 'I2', payload: payloadOf(shown, 'P2') }),
    );
    expect(trace.conversation_items.get('conversation_item:3')?.produced_by).toEqual([
      { type: 'tool', tool_call_id: 'X1' },
      { type: 'code_cell', code_cell_id: 'code_cell:call-1' },
    ]);
  });
});
