import { defer, map, type OperatorFunction } from 'rxjs';
import { writersOf } from './facts/ownership.js';
import { isWrite } from './facts/writes.js';
import { liveFacts } from './live-replay.js';
import type { RolloutTrace, TableName } from './model/rollout-trace.js';
import { burstsOf } from './reduce-live.js';
import { headerOf, stagesOf, type RecordingContext } from './replay.js';
import type { Batch } from './streams/batch.js';
import { streams } from './streams/drivers.js';
import { select } from './streams/select.js';
import { snapshots } from './streams/snapshots.js';
import type { Stage } from './streams/stage.js';

/**
 * Turns events from anywhere into one table of the graph: the table as it stands behind the first event, and
 * again whenever a row of it was added, changed or taken out. A table that was given out never changes, and
 * shares its rows with the one before. Runs no stage below the last one that writes to the table, and keeps no
 * other rows. Errors as `reduceLive` does, which also tells what is wrong with the recording.
 */
export type TableOperator<T extends TableName> = (
  recording: RecordingContext,
) => OperatorFunction<unknown, RolloutTrace[T]>;

const operatorFor =
  <T extends TableName>(table: T): TableOperator<T> =>
  (recording) =>
  (events$) =>
    defer(() => {
      const stages = writing(table, stagesOf(recording.manifest, streams));
      return liveFacts(burstsOf(events$, recording), stages).pipe(
        map((batch) => onlyWritesTo(table, batch)),
        snapshots(headerOf(recording.manifest)),
        select(({ trace }): RolloutTrace[T] => trace[table]),
      );
    });

/** The stages down to the last one that writes to a table: nothing below it changes a row. */
const writing = (table: TableName, stages: readonly Stage[]): readonly Stage[] => {
  const writers = writersOf(table);
  return stages.slice(0, stages.findLastIndex(({ name }) => writers.has(name)) + 1);
};

const onlyWritesTo = (table: TableName, { facts, last, outlook }: Batch): Batch => {
  const kept = (fact: Batch['facts'][number]): boolean =>
    isWrite(fact) && fact.type !== 'set_header' && fact.table === table;
  return { facts: facts.filter(kept), last, outlook: outlook?.filter(kept) };
};

/** The agents of the session. */
export const threads = operatorFor('threads');
/** Their turns, `codex_turns`. */
export const turns = operatorFor('codex_turns');
/** What the model saw, `conversation_items`. */
export const conversation = operatorFor('conversation_items');
/** The calls to the model. */
export const inferenceCalls = operatorFor('inference_calls');
/** The pieces of code that the model ran. */
export const codeCells = operatorFor('code_cells');
/** The tools that were called. */
export const toolCalls = operatorFor('tool_calls');
/** The terminals that commands ran in. */
export const terminalSessions = operatorFor('terminal_sessions');
/** What was run in them and written to them. */
export const terminalOperations = operatorFor('terminal_operations');
/** What was cut out of the view of the model. */
export const compactions = operatorFor('compactions');
/** The requests that made compactions. */
export const compactionRequests = operatorFor('compaction_requests');
/** What agents sent each other, `interaction_edges`. */
export const interactions = operatorFor('interaction_edges');
/** The files with the evidence. */
export const rawPayloads = operatorFor('raw_payloads');
