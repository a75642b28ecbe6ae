import type { Fact, FactOf } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import { compareUtf8 } from '../json/order.js';
import type { CodeCellId } from '../model/ids.js';
import { keyOf } from '../facts/keys.js';
import { unreachable } from '../facts/unreachable.js';
import { defineGate, type Sluice } from './gate.js';

interface CodeCellStartsState {
  /** Calls whose item with the source was seen, by thread: open for good. */
  readonly sources: Set<string>;
  /** The start that each lane waits with. */
  readonly held: Map<CodeCellId, FactOf<'cell_start_requested'>>;
  /** Cells that wait for the same source. */
  readonly waiting: Map<string, CodeCellId[]>;
  /** Cells whose start went through: the rest of their life needs no waiting. */
  readonly passed: Set<CodeCellId>;
}

/**
 * The runtime starts a cell as soon as the model has written it, before the response that proves it is
 * complete in the log. So a start waits for the item with its source, and what happens to the cell in the
 * meantime queues behind it, in order of seq.
 */
export const codeCellStarts = defineGate({
  name: 'codeCellStarts',
  reads: ['items_observed', 'cell_start_requested', 'cell_responded', 'cell_ended'],
  learns: [],
  initial: (): CodeCellStartsState => ({
    sources: new Set(),
    held: new Map(),
    waiting: new Map(),
    passed: new Set(),
  }),
  decide(state, fact, sluice) {
    switch (fact.type) {
      case 'items_observed':
        // What it sets free is released.
        sluice.passBy(fact);
        openSources(state, fact, sluice);
        return;
      case 'cell_start_requested':
        admitStart(state, fact, sluice);
        return;
      case 'cell_responded':
      case 'cell_ended': {
        const { code_cell_id: id } = fact;
        if (state.held.has(id) && !state.passed.has(id)) sluice.hold(id, fact);
        else sluice.passBy(fact);
        return;
      }
      default:
        return unreachable(fact);
    }
  },
  close(state, sluice) {
    for (const start of state.held.values()) {
      sluice.report({
        type: 'unresolved',
        unresolved: {
          kind: 'code_cell',
          entity: start.code_cell_id,
          waitsFor: `the item of call ${start.model_visible_call_id} in thread ${start.thread_id}`,
          source: { type: 'thread', thread_id: start.thread_id },
          thread_id: start.thread_id,
          since: start.at,
        },
      });
    }
  },
});

const sourceKey = (start: FactOf<'cell_start_requested'>): string =>
  keyOf(start.thread_id, start.model_visible_call_id);

const admitStart = (
  state: CodeCellStartsState,
  start: FactOf<'cell_start_requested'>,
  sluice: Sluice,
): void => {
  const { at, code_cell_id: id } = start;
  const key = sourceKey(start);
  if (state.sources.has(key)) {
    state.passed.add(id);
    sluice.pass(start);
  } else if (state.held.has(id) || state.passed.has(id)) {
    sluice.report(problem(at, 'code_cell_duplicate', id, `duplicate code cell start for ${id}`));
  } else {
    state.held.set(id, start);
    state.waiting.set(key, [...(state.waiting.get(key) ?? []), id]);
    sluice.hold(id, start);
  }
};

/** All items of a payload are in before the first cell starts: its outputs may be among them. */
const openSources = (
  state: CodeCellStartsState,
  { fresh }: FactOf<'items_observed'>,
  sluice: Sluice,
): void => {
  const ready: CodeCellId[] = [];
  for (const item of fresh) {
    if (item.kind !== 'custom_tool_call' || item.call_id === null) continue;
    const key = keyOf(item.thread_id, item.call_id);
    state.sources.add(key);
    ready.push(...(state.waiting.get(key) ?? []));
    state.waiting.delete(key);
  }
  for (const id of ready.toSorted(compareUtf8)) {
    state.held.delete(id);
    state.passed.add(id);
    sluice.release(id, startThenBySeq);
  }
};

/** The start, then the rest in order of seq; those of equal seq in the order of the log. */
const startThenBySeq = (held: readonly Fact[]): readonly Fact[] => {
  const [start, ...rest] = held;
  const lifecycle = rest.filter((fact) => fact.type === 'cell_responded' || fact.type === 'cell_ended');
  const bySeq = lifecycle.toSorted((a, b) => (a.at.seq < b.at.seq ? -1 : a.at.seq > b.at.seq ? 1 : 0));
  return start ? [start, ...bySeq] : bySeq;
};
