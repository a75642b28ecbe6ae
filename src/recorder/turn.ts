import type { ExecutionStatus } from '../model/execution.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { TurnPlace } from './bundle-writer.js';
import { disabledCodeCell, startCodeCell, type CodeCellOptions, type CodeCellRecorder } from './code-cell.js';
import {
  disabledCompaction,
  startCompaction,
  type CompactionOptions,
  type CompactionRecorder,
} from './compaction.js';
import { guarded } from './guarded.js';
import {
  disabledInference,
  startInference,
  type InferenceAttempt,
  type InferenceOptions,
} from './inference.js';
import type { Recording } from './recording.js';
import type { ResponseItem } from './response-item.js';
import type { ToolCall } from './tool-invocation.js';
import { disabledTool, startTool, type ToolRecorder } from './tool.js';

export interface ToolOptions extends ToolCall {
  /** `call_id` of the item by which the model asked. */
  readonly callId: string;
}

export interface AgentResult {
  /** Who gets the result. */
  readonly parentThreadId: string;
  /** The text as the parent's model will see it. */
  readonly message: string;
  readonly status?: 'completed' | 'errored' | 'interrupted' | undefined;
}

/** One activation of an agent. What it started may go on behind its end. */
export interface TurnRecorder {
  startInference(options: InferenceOptions): InferenceAttempt;
  startCompaction(options?: CompactionOptions): CompactionRecorder;
  startCodeCell(options: CodeCellOptions): CodeCellRecorder;
  /** A call by the model. */
  startTool(options: ToolOptions): ToolRecorder<ResponseItem>;
  /**
   * These are part of the history from now on. Schema 2 has a receipt for each item with an id, and keeps messages
   * of other agents as they were delivered.
   */
  itemsAccepted(items: readonly ResponseItem[]): void;
  /** The agent reports to the one that spawned it. The first time counts. */
  agentResult(result: AgentResult): void;
  /** The first time counts. */
  ended(status?: ExecutionStatus): void;
}

export const disabledTurn: TurnRecorder = {
  startInference: () => disabledInference,
  startCompaction: () => disabledCompaction,
  startCodeCell: () => disabledCodeCell,
  startTool: () => disabledTool,
  itemsAccepted() {},
  agentResult() {},
  ended() {},
};

export const startTurn = (recording: Recording, place: TurnPlace, agentPath: string): TurnRecorder => {
  const isRecorded =
    recording.take('turn', place.codex_turn_id) &&
    recording.event(place, () => ({
      type: 'codex_turn_started',
      codex_turn_id: place.codex_turn_id,
      thread_id: place.thread_id,
    }));
  return isRecorded
    ? guarded(recording, new RecordedTurn(recording, place, agentPath), disabledTurn)
    : disabledTurn;
};

class RecordedTurn implements TurnRecorder {
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #agentPath: string;
  #hasEnded = false;
  #hasReported = false;

  constructor(recording: Recording, place: TurnPlace, agentPath: string) {
    this.#recording = recording;
    this.#place = place;
    this.#agentPath = agentPath;
  }

  startInference(options: InferenceOptions): InferenceAttempt {
    return startInference(this.#recording, this.#place, options);
  }

  startCompaction(options: CompactionOptions = {}): CompactionRecorder {
    return startCompaction(this.#recording, this.#place, options);
  }

  startCodeCell(options: CodeCellOptions): CodeCellRecorder {
    return startCodeCell(this.#recording, this.#place, options);
  }

  startTool({ callId, ...call }: ToolOptions): ToolRecorder<ResponseItem> {
    return startTool(
      this.#recording,
      this.#place,
      {
        tool_call_id: callId,
        model_visible_call_id: callId,
        code_mode_runtime_tool_id: null,
        requester: { type: 'model' },
      },
      call,
    );
  }

  itemsAccepted(items: readonly ResponseItem[]): void {
    if (this.#recording.schema === 1) return;
    for (const item of items) this.#accept(item);
  }

  agentResult({ parentThreadId, message, status = 'completed' }: AgentResult): void {
    if (this.#hasReported) return;
    this.#hasReported = true;
    const { thread_id: child, codex_turn_id: turn } = this.#place;
    const result = {
      child_agent_path: this.#agentPath,
      message,
      status: status === 'interrupted' ? status : { [status]: message },
    };
    this.#recording.eventWith(this.#place, 'agent_result', result, (carried_payload) => ({
      type: 'agent_result_observed',
      edge_id: `edge:agent_result:${child}:${turn}:${parentThreadId}`,
      child_thread_id: child,
      child_codex_turn_id: turn,
      parent_thread_id: parentThreadId,
      message,
      carried_payload,
    }));
  }

  ended(status: ExecutionStatus = 'completed'): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#recording.event(this.#place, () => ({
      type: 'codex_turn_ended',
      codex_turn_id: this.#place.codex_turn_id,
      status,
    }));
  }

  #accept(item: ResponseItem): void {
    const { id, type } = item;
    if (typeof id !== 'string') return;
    const body = (agent_message_payload: RawPayloadRef | null) =>
      ({
        type: 'history_item_accepted',
        item_id: id,
        ...(agent_message_payload && { agent_message_payload }),
      }) as const;
    if (type !== 'agent_message') this.#recording.event(this.#place, () => body(null));
    else this.#recording.eventWith(this.#place, 'protocol_event', item, body);
  }
}
