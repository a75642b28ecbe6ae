import { describe, it } from 'vitest';
import { at } from '../../test/helpers/facts.js';
import { given, inserted } from '../../test/helpers/given.js';
import { callRow } from '../../test/helpers/items.js';
import {
  cellAnswered,
  cellMade,
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
import { schema2 } from '../schemas/schema-2.js';
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

describe('the evidence of a code cell', () => {
  const made = given(codeCells(schema2)).after(threadAppeared(), turnAppeared(), seen(source));
  const started = made.after(cellStartRequested());
  const answered = started.after(cellAnswered({ raw_payload_id: 'P4', seq: 4 }));
  const none = {
    initial_response_status: null,
    raw_initial_response_payload_id: null,
    raw_result_payload_id: null,
  };

  it('is none at its start', () => {
    made
      .when(cellStartRequested())
      .thenWrites(inserted('code_cells', ID, none))
      .thenLearns(cellMade());
  });

  it('is what it responded first, with status and payload', () => {
    started.when(cellAnswered({ raw_payload_id: 'P4', seq: 4 })).thenWrites(
      patch('code_cells', ID, {
        runtime_cell_id: '1',
        runtime_status: 'yielded',
        initial_response_at_unix_ms: 1040,
        initial_response_seq: 4,
        initial_response_status: 'yielded',
        raw_initial_response_payload_id: 'P4',
        yielded_at_unix_ms: 1040,
        yielded_seq: 4,
      }),
    );
  });

  it('is the first response for good, also one without a payload', () => {
    const later = cellAnswered({ status: 'running', raw_payload_id: 'P5', seq: 5 });
    const changed = patch('code_cells', ID, { runtime_cell_id: '1', runtime_status: 'running' });
    answered.when(later).thenWrites(changed);
    started
      .after(cellAnswered({ seq: 4 }))
      .when(later)
      .thenWrites(changed);
  });

  it('is what it ended with, the last time for good', () => {
    const ended = (raw_result_payload_id: string | null, seq: number) =>
      patch('code_cells', ID, {
        raw_result_payload_id,
        execution: endedAt(sinceStart, at({ seq }), 'completed'),
        runtime_status: 'completed',
      });
    answered
      .when(cellOver({ raw_payload_id: 'P5', seq: 5 }), cellOver({ seq: 6 }))
      .thenWrites(ended('P5', 5), ended(null, 6));
  });

  it('is no response where the cell only ended, though its end tells the time', () => {
    started.when(cellOver({ raw_payload_id: 'P5', seq: 5 })).thenWrites(
      patch('code_cells', ID, {
        initial_response_at_unix_ms: 1050,
        initial_response_seq: 5,
        raw_result_payload_id: 'P5',
        execution: endedAt(sinceStart, at({ seq: 5 }), 'completed'),
        runtime_status: 'completed',
      }),
    );
  });

  it('is a first response that comes behind the end, which gives way', () => {
    started
      .after(cellOver({ raw_payload_id: 'P5', seq: 5 }))
      .when(cellAnswered({ status: 'running', raw_payload_id: 'P6', seq: 6 }), cellAnswered({ seq: 7 }))
      .thenWrites(
        patch('code_cells', ID, {
          runtime_cell_id: '1',
          runtime_status: 'running',
          initial_response_at_unix_ms: 1060,
          initial_response_seq: 6,
          initial_response_status: 'running',
          raw_initial_response_payload_id: 'P6',
        }),
        patch('code_cells', ID, {
          runtime_cell_id: '1',
          runtime_status: 'yielded',
          yielded_at_unix_ms: 1070,
          yielded_seq: 7,
        }),
      );
  });

  it('is no result where the end of its turn terminated the cell', () => {
    answered.when(turnOver({ status: 'aborted', seq: 5 })).thenWrites(
      patch('code_cells', ID, {
        raw_result_payload_id: null,
        execution: endedAt(sinceStart, at({ seq: 5 }), 'cancelled'),
        runtime_status: 'terminated',
      }),
    );
  });

  it('is not told in schema 1, where the end stays the first response', () => {
    running
      .after(cellOver({ raw_payload_id: 'P5', seq: 5 }))
      .when(cellAnswered({ status: 'running', raw_payload_id: 'P6', seq: 6 }))
      .thenWrites(patch('code_cells', ID, { runtime_cell_id: '1', runtime_status: 'running' }));
  });

  it('has its source and outputs in the order in which they were made', () => {
    given(codeCells(schema2))
      .after(threadAppeared(), turnAppeared())
      .after(seen(callRow(9, 'custom_tool_call', 'call-code'), callRow(10, 'custom_tool_call', 'call-code')))
      .after(seen(callRow(11, 'custom_tool_call_output', 'call-code'), output))
      .when(cellStartRequested())
      .thenWritesTo(
        'code_cells',
        inserted('code_cells', ID, {
          source_item_id: 'conversation_item:9',
          output_item_ids: ['conversation_item:3', 'conversation_item:11'],
        }),
      );
  });
});
