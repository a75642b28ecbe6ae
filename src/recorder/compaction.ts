import { randomUUID } from 'node:crypto';
import { guarded } from './guarded.js';
import { valueOf, type Lazy } from './lazy.js';
import { itemsIn } from './readable-value.js';
import type { Recording } from './recording.js';
import type { ResponseItem } from './response-item.js';
import type { TurnPlace } from './bundle-writer.js';
import { messageOf } from './warnings.js';

export interface CompactionOptions {
  /** Unique in the bundle; a UUID is made where it is left out. */
  readonly id?: string | undefined;
}

export interface CompactionRequestOptions {
  readonly model: string;
  readonly provider: string;
  readonly request: Lazy<{ readonly input: readonly ResponseItem[] }>;
}

/** What a compaction changed: the history before, and what stands in its place from now on. */
export interface HistoryCheckpoint {
  readonly inputHistory: readonly ResponseItem[];
  readonly replacementHistory: readonly ResponseItem[];
}

/** One replacement of a history by a shorter one. */
export interface CompactionRecorder {
  /** A request to the model that computes it. A retry is an attempt of its own. */
  startRequest(options: CompactionRequestOptions): CompactionAttempt;
  /** The history is replaced. The first time counts. */
  installed(checkpoint: Lazy<HistoryCheckpoint>): void;
}

/** One request of a compaction. The first end counts. */
export interface CompactionAttempt {
  completed(outputItems: Lazy<readonly ResponseItem[]>): void;
  failed(error: unknown): void;
}

const disabledAttempt: CompactionAttempt = { completed() {}, failed() {} };

export const disabledCompaction: CompactionRecorder = {
  startRequest: () => disabledAttempt,
  installed() {},
};

export const startCompaction = (
  recording: Recording,
  place: TurnPlace,
  { id = randomUUID() }: CompactionOptions,
): CompactionRecorder =>
  recording.take('compaction', id)
    ? guarded(recording, new RecordedCompaction(recording, place, id), disabledCompaction)
    : disabledCompaction;

class RecordedCompaction implements CompactionRecorder {
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #id: string;
  #isInstalled = false;

  constructor(recording: Recording, place: TurnPlace, id: string) {
    this.#recording = recording;
    this.#place = place;
    this.#id = id;
  }

  startRequest({ model, provider, request }: CompactionRequestOptions): CompactionAttempt {
    const ids = { compaction_id: this.#id, compaction_request_id: randomUUID() };
    const isRecorded = this.#recording.eventOf(
      this.#place,
      'compaction_request',
      request,
      (request_payload) => ({
        type: 'compaction_request_started',
        ...ids,
        ...this.#place,
        model,
        provider_name: provider,
        request_payload,
      }),
    );
    return isRecorded
      ? guarded(this.#recording, new RecordedAttempt(this.#recording, this.#place, ids), disabledAttempt)
      : disabledAttempt;
  }

  installed(checkpoint: Lazy<HistoryCheckpoint>): void {
    if (this.#isInstalled) return;
    const value = () => {
      const { inputHistory, replacementHistory } = valueOf(checkpoint);
      return {
        input_history: itemsIn('inputHistory', inputHistory),
        replacement_history: itemsIn('replacementHistory', replacementHistory),
      };
    };
    this.#isInstalled = this.#recording.eventOf(
      this.#place,
      'compaction_checkpoint',
      value,
      (checkpoint_payload) => ({
        type: 'compaction_installed',
        compaction_id: this.#id,
        checkpoint_payload,
      }),
    );
  }
}

class RecordedAttempt implements CompactionAttempt {
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #ids: { readonly compaction_id: string; readonly compaction_request_id: string };
  #isOpen = true;

  constructor(
    recording: Recording,
    place: TurnPlace,
    ids: { readonly compaction_id: string; readonly compaction_request_id: string },
  ) {
    this.#recording = recording;
    this.#place = place;
    this.#ids = ids;
  }

  completed(outputItems: Lazy<readonly ResponseItem[]>): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const value = () => ({ output_items: valueOf(outputItems) });
    this.#recording.eventOf(this.#place, 'compaction_response', value, (response_payload) => ({
      type: 'compaction_request_completed',
      ...this.#ids,
      response_payload,
    }));
  }

  failed(error: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#recording.event(this.#place, () => ({
      type: 'compaction_request_failed',
      ...this.#ids,
      error: messageOf(error),
    }));
  }
}
