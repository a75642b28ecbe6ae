import type { EventContext, Json, JsonObject } from '../bundle-writer.js';
import type { HistoryItem, ItemFields } from '../history.js';
import type { PrintRequest } from '../requests.js';
import type { Process, ToolCall } from '../tools.js';

/** What recordings of one schema have differently from those of another. Everything else is common. */
export interface Dialect {
  readonly items: ItemDialect;
  readonly requests: RequestDialect;
  readonly tools: ToolDialect;
  readonly cells: CellDialect;
  readonly agents: AgentDialect;
  /** Whether what an answer sets off is recorded before that answer is complete, this time. */
  startsEarly(): boolean;
  /** The last event of a recording, where there is one beyond the end of the rollout. */
  endRecording(): void;
}

export interface ItemDialect {
  item(fields: ItemFields): HistoryItem;
  /** The same words said again after a compaction. */
  renewed(item: HistoryItem): HistoryItem;
  /** Follows an item that entered the history of a thread. */
  accepted(context: EventContext, item: HistoryItem): void;
}

export interface RequestDialect {
  /** What stands in front of a thread's history in each of its full requests. */
  preamble(): readonly HistoryItem[];
  readonly full: PrintRequest;
  readonly compaction: PrintRequest;
  incremental(previousResponseId: string): PrintRequest;
  /** The items of a response to a compaction request, out of what the new history will hold. */
  compacted(kept: readonly HistoryItem[], summary: HistoryItem): readonly HistoryItem[];
}

export interface ToolDialect {
  /** Fields of a runtime start beside the call and its payload. */
  runtimeStart(kind: JsonObject): JsonObject;
  processStarted(process: Process): JsonObject;
  processEnded(process: Process, output: string, nanos: number): JsonObject;
  /** Follows the start of a write: which command it reaches. */
  stdinTarget(context: EventContext, writeId: string, commandId: string): void;
}

/** What a code cell has to say when it yields or completes. */
export interface CellReport {
  readonly cellId: string;
  readonly yields: boolean;
  /** Made when it is first asked for, since not every schema asks at the same place. */
  text(): string;
}

export interface CellDialect {
  /** The tool call around a cell; undefined where the cell stands alone. */
  tool(callId: string, source: string): ToolCall | undefined;
  response(report: CellReport): Json;
  /** The result that the end of a cell carries. */
  result(report: CellReport): Json;
  /** The body of the item that shows the report to the model. */
  shown(report: CellReport): Json;
}

export interface Spawn {
  readonly callId: string;
  readonly parentThreadId: string;
  readonly childThreadId: string;
  readonly agentPath: string;
  readonly prompt: string;
  /** When the runtime began to spawn, in milliseconds since 1970. */
  readonly startedAt: number;
}

export interface Letter {
  readonly kind: 'NEW_TASK' | 'FINAL_ANSWER';
  readonly author: string;
  readonly recipient: string;
  readonly text: string;
}

export interface AgentDialect {
  /** The namespace of the agent tools. */
  readonly namespace: string | null;
  /** The runtime's view of a spawn that begins; null where only its end is recorded. */
  spawnStarted(spawn: Spawn): Json;
  spawnEnded(spawn: Spawn): Json;
  /** The item that brings a letter to its recipient. */
  letter(letter: Letter): ItemFields;
  /** The words of an answer as its observation has them. */
  answer(letter: Letter): string;
}

/** How a cell's report begins in every schema. */
export function cellState({ cellId, yields }: CellReport): string {
  return yields ? `Script running with cell ID ${cellId}` : 'Script completed';
}
