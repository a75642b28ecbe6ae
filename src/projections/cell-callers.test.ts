import { describe, it } from 'vitest';
import { given } from '../../test/helpers/given.js';
import { cellMade, toolRuntimeStarted, toolStarted } from '../../test/helpers/learned.js';
import { patch } from '../facts/writes.js';
import { cellCallers } from './cell-callers.js';

const kind = { type: 'other', name: 'exec' } as const;
const other = { type: 'other', name: 'exec2' } as const;
const call = { model_visible_call_id: 'call-code', kind };
const linked = (tool = 'X1') => patch('tool_calls', tool, { started_code_cell_id: 'code_cell:call-code' });
const unlinked = patch('tool_calls', 'X1', { started_code_cell_id: undefined });
const nothingYet = given(cellCallers);

describe('the tool exec', () => {
  it('shows the cell that its call started, whichever comes first', () => {
    nothingYet.after(toolStarted(call)).when(cellMade()).thenWrites(linked());
    nothingYet.after(cellMade()).when(toolStarted(call)).thenWrites(linked());
  });

  it.each([
    ['of another call', { ...call, model_visible_call_id: 'call-2' }],
    ['without a call of the model', { ...call, model_visible_call_id: null }],
    ['of another thread', { ...call, thread_id: 'T2' }],
    ['that a cell asked for', { ...call, requester: { type: 'code_cell', code_cell_id: 'code_cell:c' } }],
    ['of another name', { ...call, kind: other }],
    ['of another kind', { ...call, kind: { type: 'exec_command' } }],
  ] as const)('%s shows none', (_what, tool) => {
    nothingYet.after(toolStarted(tool)).when(cellMade()).thenNothing();
    nothingYet.after(cellMade()).when(toolStarted(tool)).thenNothing();
  });

  it('is the first tool of its call', () => {
    nothingYet
      .after(toolStarted(call), toolStarted({ ...call, tool_call_id: 'X2' }))
      .when(cellMade())
      .thenWrites(linked());
  });

  it('in another thread with the same call id has a cell of its own', () => {
    nothingYet
      .after(toolStarted(call), toolStarted({ ...call, tool_call_id: 'X2', thread_id: 'T2' }))
      .when(cellMade({ thread_id: 'T2' }))
      .thenWrites(linked('X2'));
  });
});

describe('a tool whose kind the runtime corrects', () => {
  const both = (first: typeof kind | typeof other) =>
    nothingYet.after(cellMade(), toolStarted({ ...call, kind: first }));

  it('shows the cell as soon as it is exec', () => {
    both(other).when(toolRuntimeStarted({ kind })).thenWrites(linked());
    nothingYet
      .after(toolStarted({ ...call, kind: other }), toolRuntimeStarted({ kind }))
      .when(cellMade())
      .thenWrites(linked());
  });

  it('shows the cell no more as soon as it is not', () => {
    both(kind)
      .when(toolRuntimeStarted({ kind: other }))
      .thenWrites(unlinked);
    nothingYet
      .after(toolStarted(call), toolRuntimeStarted({ kind: other }))
      .when(cellMade())
      .thenNothing();
  });

  it('may change more than once', () => {
    both(kind)
      .when(toolRuntimeStarted({ kind: other }), toolRuntimeStarted({ kind }))
      .thenWrites(unlinked, linked());
  });

  it('does not change where it is what it was', () => {
    both(kind).when(toolRuntimeStarted({ kind })).thenNothing();
    both(other)
      .when(toolRuntimeStarted({ kind: { type: 'web' } }))
      .thenNothing();
  });

  it('shows none where it belongs to no call of the model', () => {
    nothingYet
      .after(cellMade(), toolStarted({ kind: other }))
      .when(toolRuntimeStarted({ kind }))
      .thenNothing();
  });
});
