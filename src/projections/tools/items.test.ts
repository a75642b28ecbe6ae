import { describe, it } from 'vitest';
import { toolCallStarted } from '../../../test/helpers/facts.js';
import { given, inserted } from '../../../test/helpers/given.js';
import { callRow, itemRow } from '../../../test/helpers/items.js';
import {
  itemsObserved,
  responseItemsKnown,
  threadAppeared,
  toolItemsLinked,
  toolStarted,
  turnAppeared,
} from '../../../test/helpers/learned.js';
import { link } from '../../facts/writes.js';
import type { ConversationItem } from '../../model/conversation.js';
import { schema1 } from '../../schemas/schema-1.js';
import { tools } from './tools.js';

const start = toolCallStarted({ model_visible_call_id: 'call-1' });
const call = callRow(1, 'function_call', 'call-1');
const output = callRow(2, 'function_call_output', 'call-1');
const byTool = { type: 'tool', tool_call_id: 'X1' } as const;
const seen = (...fresh: readonly ConversationItem[]) =>
  itemsObserved({ fresh, item_ids: fresh.map((item) => item.item_id) });
const seenAgain = (...items: readonly ConversationItem[]) =>
  itemsObserved({ item_ids: items.map((item) => item.item_id) });

const known = given(tools(schema1)).after(threadAppeared(), turnAppeared());
const running = known.after(start);

describe('the items of a tool', () => {
  it('are linked as they come', () => {
    running
      .when(seen(call, output))
      .thenWrites(
        link('tool_calls', 'X1', 'model_visible_call_item_ids', ['conversation_item:1']),
        link('tool_calls', 'X1', 'model_visible_output_item_ids', ['conversation_item:2']),
        link('conversation_items', 'conversation_item:2', 'produced_by', [byTool]),
      )
      .thenLearns(
        toolItemsLinked({ call_item_ids: ['conversation_item:1'] }),
        toolItemsLinked({ call_item_ids: ['conversation_item:1'], output_item_ids: ['conversation_item:2'] }),
      );
  });

  it.each(['function_call', 'custom_tool_call'] as const)('come from a %s', (kind) => {
    const own = callRow(1, kind, 'call-1');
    running
      .when(seen(own))
      .thenWrites(link('tool_calls', 'X1', 'model_visible_call_item_ids', ['conversation_item:1']));
  });

  it('are those that came before it too, in the order of the bytes of their ids', () => {
    known
      .after(seen(callRow(9, 'function_call', 'call-1'), callRow(10, 'custom_tool_call', 'call-1'), output))
      .when(start)
      .thenWrites(
        inserted('tool_calls', 'X1', {
          model_visible_call_item_ids: ['conversation_item:10', 'conversation_item:9'],
          model_visible_output_item_ids: [],
        }),
        link('tool_calls', 'X1', 'model_visible_output_item_ids', ['conversation_item:2']),
        link('conversation_items', 'conversation_item:2', 'produced_by', [byTool]),
      )
      .thenLearns(
        toolStarted({ model_visible_call_id: 'call-1' }),
        toolItemsLinked({
          call_item_ids: ['conversation_item:10', 'conversation_item:9'],
          output_item_ids: ['conversation_item:2'],
        }),
      );
  });

  it('carry its call id, and are calls or outputs', () => {
    running
      .when(seen(callRow(1, 'function_call', 'call-2'), itemRow(2, { call_id: 'call-1' })))
      .thenNothing();
  });

  it('do not matter to a tool that the model did not ask for', () => {
    known.after(toolCallStarted()).when(seen(call)).thenNothing();
  });

  it('stay with the first tool of their call id', () => {
    running
      .after(toolCallStarted({ tool_call_id: 'X2', model_visible_call_id: 'call-1' }))
      .when(seen(call))
      .thenWrites(link('tool_calls', 'X1', 'model_visible_call_item_ids', ['conversation_item:1']));
  });

  it('may come in another thread', () => {
    running
      .when(seen({ ...call, thread_id: 'T2' }))
      .thenWrites(link('tool_calls', 'X1', 'model_visible_call_item_ids', ['conversation_item:1']));
  });

  it('that another thread showed before it are linked when they are seen again', () => {
    const foreign = { ...call, thread_id: 'T2' };
    known
      .after(seen(foreign), start)
      .when(seenAgain(foreign))
      .thenWrites(link('tool_calls', 'X1', 'model_visible_call_item_ids', ['conversation_item:1']));
  });

  it('are linked once', () => {
    running.after(seen(call, output)).when(seenAgain(call, output)).thenNothing();
  });
});

describe('the response that started a tool', () => {
  const started = link('inference_calls', 'I1', 'tool_call_ids_started_by_response', ['X1']);
  const response = responseItemsKnown({ item_ids: ['conversation_item:1'] });

  it('is the one that brought its call item', () => {
    known.after(seen(call), response).when(start).thenWritesTo('inference_calls', started);
  });

  it('brought a call, not an output', () => {
    known
      .after(seen(output), responseItemsKnown({ item_ids: ['conversation_item:2'] }))
      .when(start)
      .thenWritesTo('inference_calls');
  });

  it('is linked at the next sighting of the item where the tool started first', () => {
    const late = running.after(seen(call), response);
    late.when(seenAgain(call)).thenWritesTo('inference_calls', started);
    late.after(seenAgain(call)).when(seenAgain(call)).thenNothing();
  });

  it('is every response that brought one of its items, in the order of the bytes of their ids', () => {
    const second = link('inference_calls', 'I2', 'tool_call_ids_started_by_response', ['X1']);
    known
      .after(seen(call), responseItemsKnown({ inference_call_id: 'I2', item_ids: ['conversation_item:1'] }))
      .after(response)
      .when(start)
      .thenWritesTo('inference_calls', started, second);
  });

  it('is forgotten when a later end of the call brings other items', () => {
    known
      .after(seen(call), response, responseItemsKnown({ item_ids: [] }))
      .when(start)
      .thenWritesTo('inference_calls');
  });
});
