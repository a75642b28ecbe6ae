import { randomUUID } from 'node:crypto';
import type { CodeCellRuntimeStatus } from '../model/execution.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { TurnPlace } from './bundle-writer.js';
import { guarded } from './guarded.js';
import { valueOf, type Lazy } from './lazy.js';
import { valueIn } from './readable-value.js';
import type { Recording } from './recording.js';
import type { ToolCall } from './tool-invocation.js';
import { disabledTool, startTool, type ToolRecorder } from './tool.js';

export interface CodeCellOptions {
  /** The handle that the runtime gives the cell, unique in its thread. */
  readonly cellId: string;
  /** `call_id` of the item by which the model asked. */
  readonly callId: string;
  /** The JavaScript that runs. */
  readonly source: string;
}

/** What a cell answers, or how it ended. */
export interface CellResponse {
  /** `yielded` where it answers and lives on. */
  readonly status: CodeCellRuntimeStatus;
  readonly response?: Lazy<unknown> | undefined;
}

export interface CellToolOptions extends ToolCall {
  /** The id that the JavaScript runtime gives the call. */
  readonly runtimeToolId: string;
}

/** JavaScript that the model runs. Start it before the code, so that no call of the code comes first. */
export interface CodeCellRecorder {
  /** A call by the code, which the model does not see. */
  startTool(options: CellToolOptions): ToolRecorder<unknown>;
  /** What the model gets first. The first time counts. */
  initialResponse(response: CellResponse): void;
  /** Nothing of the cell runs any more. The first time counts. */
  ended(response: CellResponse): void;
}

export const disabledCodeCell: CodeCellRecorder = {
  startTool: () => disabledTool,
  initialResponse() {},
  ended() {},
};

export const startCodeCell = (
  recording: Recording,
  place: TurnPlace,
  { cellId, callId, source }: CodeCellOptions,
): CodeCellRecorder => {
  const runtime = `${place.thread_id}, resumed ${recording.resumptionsOf(place.thread_id)} times`;
  const isRecorded =
    // Each runtime of a thread has handles of its own, and calls have the ids of the provider.
    recording.take('code cell', `${cellId} of thread ${runtime}`) &&
    recording.take('code cell', `of call ${callId}`) &&
    recording.event(place, () => ({
      type: 'code_cell_started',
      runtime_cell_id: cellId,
      model_visible_call_id: callId,
      source_js: source,
    }));
  return isRecorded
    ? guarded(recording, new RecordedCodeCell(recording, place, cellId), disabledCodeCell)
    : disabledCodeCell;
};

class RecordedCodeCell implements CodeCellRecorder {
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #id: string;
  /** The runtime that the cell lives in: with that it is gone. */
  readonly #runtime: number;
  #hasResponded = false;
  #hasEnded = false;

  constructor(recording: Recording, place: TurnPlace, id: string) {
    this.#recording = recording;
    this.#place = place;
    this.#id = id;
    this.#runtime = recording.resumptionsOf(place.thread_id);
  }

  startTool({ runtimeToolId, ...call }: CellToolOptions): ToolRecorder<unknown> {
    if (this.#isGone) return disabledTool;
    return startTool(
      this.#recording,
      this.#place,
      {
        tool_call_id: `exec-${randomUUID()}`,
        model_visible_call_id: null,
        code_mode_runtime_tool_id: runtimeToolId,
        requester: { type: 'code_cell', runtime_cell_id: this.#id },
      },
      call,
    );
  }

  initialResponse(response: CellResponse): void {
    if (this.#hasResponded || this.#isGone) return;
    this.#hasResponded = true;
    this.#respond('code_cell_initial_response', response);
  }

  ended(response: CellResponse): void {
    if (this.#hasEnded || this.#isGone) return;
    this.#hasEnded = true;
    this.#respond('code_cell_ended', response);
  }

  get #isGone(): boolean {
    return this.#recording.resumptionsOf(this.#place.thread_id) !== this.#runtime;
  }

  #respond(type: 'code_cell_initial_response' | 'code_cell_ended', { status, response }: CellResponse): void {
    const body = (response_payload: RawPayloadRef | null) => ({
      type,
      runtime_cell_id: this.#id,
      status,
      response_payload,
    });
    if (response === undefined) this.#recording.event(this.#place, () => body(null));
    else {
      const value = () => ({ response: valueIn('response', valueOf(response)) });
      this.#recording.eventWith(this.#place, 'tool_result', value, body);
    }
  }
}
