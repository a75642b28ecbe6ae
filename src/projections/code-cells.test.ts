import { describe, it } from 'vitest';
import { at } from '../../test/helpers/facts.js';
import { given, inserted } from '../../test/helpers/given.js';
import { callRow } from '../../test/helpers/items.js';
import {
  cellAnswered,
  cellOver,
  cellStartRequested,
  cellWaited,
  itemsObserved,
  threadAppeared,
  toolStarted,
  turnAppeared,
  turnOver,
} from '../../test/helpers/learned.js';
import { insert, link, patch } from '../facts/writes.js';
import { endedAt, runningSince } from '../model/execution.js';
import { schema1 } from '../schemas/schema-1.js';
import { codeCells } from './code-cells.js';

const ID = 'code_cell:call-code';
const source = callRow(2, 'custom_tool_call', 'call-code');
const output = callRow(3, 'custom_tool_call_output', 'call-code');
const seen = (...fresh: (typeof source)[]) =>
  itemsObserved({ fresh, item_ids: fresh.map((item) => item.item_id) });
const byCell = { type: 'code_cell', code_cell_id: ID } as const;

const ready = given(codeCells(schema1)).after(threadAppeared(), turnAppeared(), seen(source));
const running = ready.after(cellStartRequested());
const sinceStart = runningSince(at());

describe('a code cell', () => {
  it('starts at the item with its source', () => {
    ready.when(cellStartRequested()).thenWrites(
      insert('code_cells', ID, {
        code_cell_id: ID,
        model_visible_call_id: 'call-code',
        thread_id: 'T1',
        codex_turn_id: 'U1',
        source_item_id: 'conversation_item:2',
        output_item_ids: [],
        runtime_cell_id: '1',
        execution: sinceStart,
        runtime_status: 'starting',
        initial_response_at_unix_ms: null,
        initial_response_seq: null,
        yielded_at_unix_ms: null,
        yielded_seq: null,
        source_js: "text('hi')",
        nested_tool_call_ids: [],
        wait_tool_call_ids: [],
      }),
    );
  });

  it('takes the first source and all outputs in the order of the bytes of their ids', () => {
    given(codeCells(schema1))
      .after(threadAppeared(), turnAppeared())
      .after(seen(callRow(9, 'custom_tool_call', 'call-code'), callRow(10, 'custom_tool_call', 'call-code')))
      .after(seen(callRow(11, 'custom_tool_call_output', 'call-code'), output))
      .when(cellStartRequested())
      .thenWrites(
        inserted('code_cells', ID, {
          source_item_id: 'conversation_item:10',
          output_item_ids: ['conversation_item:11', 'conversation_item:3'],
        }),
        link('conversation_items', 'conversation_item:11', 'produced_by', [byCell]),
        link('conversation_items', 'conversation_item:3', 'produced_by', [byCell]),
      );
  });

  it('keeps its first start', () => {
    running
      .when(cellStartRequested({ source_js: 'other' }))
      .thenReports({ code: 'code_cell_duplicate', entity: ID })
      .thenWrites();
  });

  it('waits for no tool before it has started, and for each once', () => {
    running
      .after(cellWaited())
      .when(cellWaited(), cellWaited({ tool_call_id: 'X2' }))
      .thenWrites(link('code_cells', ID, 'wait_tool_call_ids', ['X2']));
    ready.when(cellWaited()).thenNothing();
  });

  it('lists the tools that its source called, early ones in the order of their ids', () => {
    const requester = { type: 'code_cell', code_cell_id: ID } as const;
    const nested = (tool_call_id: string) => toolStarted({ tool_call_id, requester });
    ready
      .after(nested('X2'), nested('X10'), toolStarted())
      .when(cellStartRequested(), nested('X1'))
      .thenWrites(
        inserted('code_cells', ID, { nested_tool_call_ids: ['X10', 'X2'] }),
        link('code_cells', ID, 'nested_tool_call_ids', ['X1']),
      );
  });
});

describe('the output of a code cell', () => {
  it('is linked when a later request carries it', () => {
    running
      .when(seen(output))
      .thenWrites(
        link('code_cells', ID, 'output_item_ids', ['conversation_item:3']),
        link('conversation_items', 'conversation_item:3', 'produced_by', [byCell]),
      );
  });

  it('is linked once', () => {
    running
      .after(seen(output))
      .when(itemsObserved({ item_ids: ['conversation_item:3'] }))
      .thenNothing();
  });

  it('is no output of a function', () => {
    running.when(seen(callRow(3, 'function_call_output', 'call-code'))).thenNothing();
  });

  it('that another thread showed before the start is linked when it is seen again', () => {
    ready
      .after(seen({ ...output, thread_id: 'T2' }), cellStartRequested())
      .when(itemsObserved({ item_ids: ['conversation_item:3'], thread_id: 'T2' }))
      .thenWrites(
        link('code_cells', ID, 'output_item_ids', ['conversation_item:3']),
        link('conversation_items', 'conversation_item:3', 'produced_by', [byCell]),
      );
  });
});

describe('the life of a code cell', () => {
  it('goes on after a first response that yields', () => {
    running.when(cellAnswered({ seq: 4 })).thenWrites(
      patch('code_cells', ID, {
        runtime_cell_id: '1',
        runtime_status: 'yielded',
        initial_response_at_unix_ms: 1040,
        initial_response_seq: 4,
        yielded_at_unix_ms: 1040,
        yielded_seq: 4,
      }),
    );
  });

  it('keeps the time of its first response, and takes that of its last yield', () => {
    running
      .after(cellAnswered({ seq: 4 }))
      .when(cellAnswered({ seq: 6 }))
      .thenWrites(
        patch('code_cells', ID, {
          runtime_cell_id: '1',
          runtime_status: 'yielded',
          yielded_at_unix_ms: 1060,
          yielded_seq: 6,
        }),
      );
  });

  it.each([
    ['starting', 'running'],
    ['running', 'running'],
    ['yielded', 'running'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['terminated', 'cancelled'],
  ] as const)('that ends %s is %s, and its end is its first response', (status, execution) => {
    running.when(cellOver({ status, seq: 5 })).thenWrites(
      patch('code_cells', ID, {
        initial_response_at_unix_ms: 1050,
        initial_response_seq: 5,
        execution: endedAt(sinceStart, at({ seq: 5 }), execution),
        runtime_status: status,
      }),
    );
  });

  it('that never started has neither responses nor an end', () => {
    ready.when(cellAnswered(), cellOver()).thenNothing();
  });
});

describe('the end of a turn', () => {
  it.each([
    ['cancelled', 'terminated', 'cancelled'],
    ['aborted', 'terminated', 'cancelled'],
    ['failed', 'failed', 'failed'],
  ] as const)('that was %s leaves its running cells %s', (turn, status, execution) => {
    running
      .after(cellAnswered({ seq: 4 }))
      .when(turnOver({ status: turn, seq: 5 }))
      .thenWrites(
        patch('code_cells', ID, {
          execution: endedAt(sinceStart, at({ seq: 5 }), execution),
          runtime_status: status,
        }),
      );
  });

  it('lets a cell live on that outlasts a completed turn', () => {
    running.when(turnOver(), turnOver({ status: 'running' })).thenNothing();
  });

  it('leaves a cell alone that ended, and one of another turn', () => {
    running
      .after(cellOver())
      .when(turnOver({ status: 'cancelled' }))
      .thenNothing();
    running.when(turnOver({ status: 'cancelled', codex_turn_id: 'U2' })).thenNothing();
  });
});

describe('the turn of a code cell', () => {
  it('is that of its source where its start names none', () => {
    ready
      .when(cellStartRequested({ codex_turn_id: null }))
      .thenReports({ code: 'code_cell_turn_missing', entity: ID })
      .thenWrites(inserted('code_cells', ID, { codex_turn_id: 'U1' }));
  });

  it.each([
    ['a thread', given(codeCells(schema1)).after(seen(source)), 'thread_unknown', 'T1'],
    ['a turn', given(codeCells(schema1)).after(threadAppeared(), seen(source)), 'turn_unknown', 'U1'],
    [
      'a turn of another thread',
      given(codeCells(schema1)).after(threadAppeared(), turnAppeared({ thread_id: 'T2' }), seen(source)),
      'turn_of_other_thread',
      'U1',
    ],
  ] as const)('is kept where it names %s that is not known', (_what, cells, code, entity) => {
    cells
      .when(cellStartRequested())
      .thenReports({ code, entity })
      .thenWrites(inserted('code_cells', ID, { codex_turn_id: 'U1' }));
  });
});
