import { from, Subject, type Observable, type OperatorFunction } from 'rxjs';
import { describe, expect, it } from 'vitest';
import * as core from '../../src/index.js';
import type { RecordingContext, RolloutTrace, TableName, TableOperator } from '../../src/index.js';
import { tableNames } from '../../src/model/rollout-trace.js';
import type { OpenedBundle } from '../fuzz/bundle.js';
import { eventsOf, textOf } from '../helpers/own-events.js';
import { anyMutant, holdsFor, subjects } from './subjects.js';

type AnyTable = RolloutTrace[TableName];
type AnyOperator = (recording: RecordingContext) => OperatorFunction<unknown, AnyTable>;

const operators: { readonly [T in TableName]: TableOperator<T> } = {
  threads: core.threads,
  codex_turns: core.turns,
  conversation_items: core.conversation,
  inference_calls: core.inferenceCalls,
  code_cells: core.codeCells,
  tool_calls: core.toolCalls,
  terminal_sessions: core.terminalSessions,
  terminal_operations: core.terminalOperations,
  compactions: core.compactions,
  compaction_requests: core.compactionRequests,
  interaction_edges: core.interactions,
  raw_payloads: core.rawPayloads,
};
const operatorOf: Readonly<Record<TableName, AnyOperator>> = operators;

interface Shown {
  /** Behind which event it came. */
  readonly event: number;
  readonly table: AnyTable;
}

/** What a stream of tables gives for the events of a log, one after the other. */
const tablesOf = (
  opened: OpenedBundle,
  toTables: (events$: Observable<unknown>) => Observable<AnyTable>,
): readonly Shown[] => {
  const shown: Shown[] = [];
  const events$ = new Subject<unknown>();
  let event = 0;
  toTables(events$).subscribe((table) => void shown.push({ event, table }));
  for (const each of eventsOf(opened)) {
    events$.next(each);
    event += 1;
  }
  return shown;
};

/** The same of the snapshots of the whole: every table where it is another object than before. */
const tablesOfWhole = (opened: OpenedBundle): ReadonlyMap<TableName, readonly Shown[]> => {
  const all = new Map<TableName, Shown[]>(tableNames.map((name) => [name, []]));
  let event = 0;
  core.reduceLive(from(eventsOf(opened)), opened.manifest, opened).subscribe(({ trace }) => {
    for (const name of tableNames) {
      const shown = all.get(name) ?? [];
      if (shown.at(-1)?.table !== trace[name]) shown.push({ event, table: trace[name] });
    }
    event += 1;
  });
  return all;
};

const asText = (shown: readonly Shown[]) => shown.map(({ event, table }) => `${event} ${textOf([...table])}`);

const isSameRows = (before: AnyTable, after: AnyTable): boolean =>
  before.size === after.size && after.keys().every((id) => before.get(id) === after.get(id));

const holdsForTables = (opened: OpenedBundle): void => {
  const whole = tablesOfWhole(opened);
  for (const name of tableNames) {
    const shown = tablesOf(opened, (events$) => events$.pipe(operatorOf[name](opened)));
    expect(asText(shown), name).toEqual(asText(whole.get(name) ?? []));
    const repeated = shown.filter(({ table }, at) => {
      const before = shown[at - 1]?.table;
      return before !== undefined && isSameRows(before, table);
    });
    expect(repeated, name).toEqual([]);
  }
};

describe('the operator of a table', () => {
  it('gives the table of the whole, whenever it changed and no more often, in every case of both schemas', () => {
    const short = subjects.filter(({ opened }) => opened.entries.length <= 40);
    expect(short.length).toBeGreaterThan(300);
    for (const { opened } of short) holdsForTables(opened);
  });

  it('does so whatever is wrong with the recording', () => {
    holdsFor(anyMutant, ({ opened }) => holdsForTables(opened), 40);
  });
});
