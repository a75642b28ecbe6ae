import { describe, it } from 'vitest';
import { cellEnded, cellResponded, cellStarted } from '../../test/helpers/facts.js';
import { given } from '../../test/helpers/given.js';
import {
  cellAnswered,
  cellBound,
  cellOver,
  cellStartRequested,
  threadRestarted,
  turnAppeared,
} from '../../test/helpers/learned.js';
import { cellHandles } from './cell-handles.js';

describe('the handle of a code cell', () => {
  it('is bound to the id that the call of the model gives the cell', () => {
    given(cellHandles).when(cellStarted()).thenLearns(cellBound(), cellStartRequested());
  });

  it('leads later events to the cell', () => {
    given(cellHandles)
      .after(cellStarted())
      .when(cellResponded(), cellEnded({ status: 'failed' }))
      .thenLearns(cellAnswered(), cellOver({ status: 'failed' }));
  });

  it('is another one in another thread', () => {
    given(cellHandles)
      .after(
        cellStarted({ model_visible_call_id: 'call-root' }),
        cellStarted({ model_visible_call_id: 'call-child', thread: 'T2' }),
      )
      .when(cellEnded(), cellEnded({ thread: 'T2' }))
      .thenLearns(
        cellOver({ code_cell_id: 'code_cell:call-root' }),
        cellOver({ code_cell_id: 'code_cell:call-child', thread: 'T2' }),
      );
  });

  it('stays with the first cell', () => {
    given(cellHandles)
      .after(cellStarted())
      .when(cellStarted({ model_visible_call_id: 'call-2' }), cellEnded())
      .thenReports({ code: 'code_cell_handle_conflict', entity: '1' })
      .thenLearns(
        cellStartRequested({ code_cell_id: 'code_cell:call-2', model_visible_call_id: 'call-2' }),
        cellOver(),
      );
  });

  it('may be bound to the same cell again', () => {
    given(cellHandles).after(cellStarted()).when(cellStarted()).thenLearns(cellBound(), cellStartRequested());
  });

  it('finds its thread by the turn where the event names none', () => {
    given(cellHandles)
      .after(turnAppeared({ codex_turn_id: 'U2', thread_id: 'T2' }))
      .when(cellStarted({ thread: null, turn: 'U2' }))
      .thenLearns(
        cellBound({ thread_id: 'T2', thread: null, turn: 'U2' }),
        cellStartRequested({ thread_id: 'T2', codex_turn_id: 'U2', thread: null, turn: 'U2' }),
      );
  });

  it.each([
    ['an initial response', cellResponded()],
    ['an end', cellEnded()],
  ])('that nothing bound leaves %s out', (_what, fact) => {
    given(cellHandles).when(fact).thenReports({ code: 'code_cell_unknown', entity: '1' }).thenLearns();
  });

  it.each([
    ['a start', cellStarted],
    ['an initial response', cellResponded],
    ['an end', cellEnded],
  ])('needs a thread for %s', (_what, build) => {
    given(cellHandles)
      .when(build({ thread: null, turn: null }))
      .thenReports('context_missing')
      .thenLearns();
    given(cellHandles)
      .when(build({ thread: null, turn: 'U9' }))
      .thenReports({ code: 'turn_unknown', entity: 'U9' })
      .thenLearns();
  });
});

describe('a thread that goes on after its end', () => {
  const restarted = given(cellHandles).after(cellStarted(), threadRestarted());

  it.each([
    ['an initial response', cellResponded()],
    ['an end', cellEnded()],
  ])('has forgotten its handles: %s is left out', (_what, fact) => {
    restarted.when(fact).thenReports({ code: 'code_cell_unknown', entity: '1' }).thenLearns();
  });

  it('may bind a handle again', () => {
    restarted
      .when(cellStarted({ model_visible_call_id: 'call-2' }), cellEnded())
      .thenLearns(
        cellBound({ code_cell_id: 'code_cell:call-2' }),
        cellStartRequested({ code_cell_id: 'code_cell:call-2', model_visible_call_id: 'call-2' }),
        cellOver({ code_cell_id: 'code_cell:call-2' }),
      );
  });

  it('leaves the handles of other threads alone', () => {
    given(cellHandles)
      .after(cellStarted(), threadRestarted({ thread_id: 'T2' }))
      .when(cellEnded())
      .thenLearns(cellOver());
  });
});
