import { describe, it } from 'vitest';
import { unresolved } from '../../test/helpers/facts.js';
import { givenGate } from '../../test/helpers/given.js';
import { callRow } from '../../test/helpers/items.js';
import { cellAnswered, cellOver, cellStartRequested, itemsObserved } from '../../test/helpers/learned.js';
import { codeCellStarts } from './code-cell-starts.js';

const source = itemsObserved({ fresh: [callRow(2, 'custom_tool_call', 'call-code')] });
const start = cellStartRequested();
const cells = givenGate(codeCellStarts);

describe('the gate before code cells', () => {
  it('lets a start pass behind the item with its source', () => {
    cells.when(source, start).thenSends(source, start);
  });

  it('holds a start until the item with its source appears', () => {
    cells.when(start).thenHolds();
    cells.after(start).when(source).thenSends(source, start);
  });

  it("holds a cell's end behind its queued start", () => {
    const held = cells.after(start);
    held.when(cellAnswered(), cellOver()).thenHolds();
    held
      .after(cellAnswered({ seq: 2 }), cellOver({ seq: 3 }))
      .when(source)
      .thenSends(source, start, cellAnswered({ seq: 2 }), cellOver({ seq: 3 }));
  });

  it('sends what queued in the order of seq, and of the log where that is equal', () => {
    const first = cellAnswered({ seq: 5, line: 3, time: 1 });
    const second = cellAnswered({ seq: 5, line: 4, time: 2 });
    const end = cellOver({ seq: 2n ** 60n, time: 3, line: 2 });
    cells.after(start, end, first, second).when(source).thenSends(source, start, first, second, end);
  });

  it('never holds a cell again whose start went through', () => {
    cells
      .after(start, source)
      .when(cellAnswered(), cellOver(), start)
      .thenSends(cellAnswered(), cellOver(), start);
  });

  it('lets pass what belongs to a cell without a start', () => {
    cells.when(cellAnswered(), cellOver()).thenSends(cellAnswered(), cellOver());
  });

  it.each([
    ['of another call', callRow(2, 'custom_tool_call', 'call-other')],
    ['of another thread', callRow(2, 'custom_tool_call', 'call-code', { thread_id: 'T2' })],
    ['that is no source', callRow(2, 'custom_tool_call_output', 'call-code')],
    ['of a function', callRow(2, 'function_call', 'call-code')],
  ])('is not opened by an item %s', (_what, item) => {
    const other = itemsObserved({ fresh: [item] });
    cells.after(start).when(other).thenSends(other);
  });

  it('releases cells of one payload in the order of the bytes of their ids', () => {
    const [a, b] = ['a', 'b'].map((id) =>
      cellStartRequested({ code_cell_id: `code_cell:${id}`, model_visible_call_id: id }),
    );
    const sources = itemsObserved({
      fresh: [callRow(1, 'custom_tool_call', 'b'), callRow(2, 'custom_tool_call', 'a')],
    });
    if (!a || !b) throw new Error('two starts');
    cells.after(b, a).when(sources).thenSends(sources, a, b);
  });

  it('keeps the first of two starts that wait', () => {
    cells
      .after(start)
      .when(cellStartRequested({ seq: 2 }))
      .thenReports('code_cell_duplicate');
  });

  it('gives up a cell whose source never appears', () => {
    cells
      .after(start, cellOver({ seq: 2 }))
      .atEnd()
      .thenSends(unresolved());
  });

  it('has nothing to say at the end where nothing waits', () => {
    cells.after(start, source).atEnd().thenHolds();
  });
});
