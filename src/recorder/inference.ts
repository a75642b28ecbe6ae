import { randomUUID } from 'node:crypto';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { RawEventBodyOf } from '../model/raw-event.js';
import type { TurnPlace } from './bundle-writer.js';
import { guarded } from './guarded.js';
import { valueOf, type Lazy } from './lazy.js';
import { itemsIn } from './readable-value.js';
import type { Recording } from './recording.js';
import type { ResponseItem } from './response-item.js';
import { messageOf } from './warnings.js';

export interface InferenceOptions {
  /** Unique in the bundle; a UUID is made where it is left out. */
  readonly id?: string | undefined;
  readonly model: string;
  readonly provider: string;
  /** The body of the request. With `previous_response_id`, `input` has only what is new since that response. */
  readonly request: Lazy<{
    readonly input: readonly ResponseItem[];
    readonly previous_response_id?: string | null | undefined;
  }>;
}

/** Tokens that a request took. */
export interface RecordedUsage {
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly cache_write_input_tokens?: number | undefined;
  readonly output_tokens: number;
  readonly reasoning_output_tokens: number;
}

export interface ModelAnswer {
  /** The provider's id, which a later request may continue. */
  readonly responseId?: string | null | undefined;
  /** Id of the transport request, such as `x-request-id`. */
  readonly upstreamRequestId?: string | null | undefined;
  readonly tokenUsage?: RecordedUsage | null | undefined;
  readonly outputItems: Lazy<readonly ResponseItem[]>;
}

/** What had come when a request broke off. */
export type PartialAnswer = Partial<ModelAnswer>;

/** One request to the model. A retry is an attempt of its own. The first end counts. */
export interface InferenceAttempt {
  completed(answer: ModelAnswer): void;
  failed(error: unknown, partial?: PartialAnswer): void;
  /** The host gave up waiting. */
  cancelled(reason: string, partial?: PartialAnswer): void;
}

export const disabledInference: InferenceAttempt = {
  completed() {},
  failed() {},
  cancelled() {},
};

export const startInference = (
  recording: Recording,
  place: TurnPlace,
  { id = randomUUID(), model, provider, request }: InferenceOptions,
): InferenceAttempt => {
  const body = () => {
    const made = valueOf(request);
    itemsIn('input', made.input);
    return made;
  };
  const fields = { inference_call_id: id, ...place, model, provider_name: provider };
  const isRecorded =
    recording.take('inference call', id) &&
    recording.eventOf(place, 'inference_request', body, (request_payload) => ({
      type: 'inference_started',
      ...fields,
      request_payload,
    }));
  return isRecorded
    ? guarded(recording, new RecordedInference(recording, place, id), disabledInference)
    : disabledInference;
};

class RecordedInference implements InferenceAttempt {
  readonly #recording: Recording;
  readonly #place: TurnPlace;
  readonly #id: string;
  #isOpen = true;

  constructor(recording: Recording, place: TurnPlace, id: string) {
    this.#recording = recording;
    this.#place = place;
    this.#id = id;
  }

  completed(answer: ModelAnswer): void {
    if (!this.#ends()) return;
    this.#recording.eventOf(this.#place, 'inference_response', responseOf(answer), (response_payload) => ({
      type: 'inference_completed',
      inference_call_id: this.#id,
      response_id: answer.responseId ?? null,
      upstream_request_id: answer.upstreamRequestId ?? null,
      response_payload,
    }));
  }

  failed(error: unknown, partial: PartialAnswer = {}): void {
    this.#breakOff(partial, { type: 'inference_failed', error: messageOf(error) });
  }

  cancelled(reason: string, partial: PartialAnswer = {}): void {
    this.#breakOff(partial, { type: 'inference_cancelled', reason });
  }

  #breakOff(
    { outputItems, ...partial }: PartialAnswer,
    why:
      | Pick<RawEventBodyOf<'inference_failed'>, 'type' | 'error'>
      | Pick<RawEventBodyOf<'inference_cancelled'>, 'type' | 'reason'>,
  ): void {
    if (!this.#ends()) return;
    const body = (partial_response_payload: RawPayloadRef | null) => ({
      inference_call_id: this.#id,
      upstream_request_id: partial.upstreamRequestId ?? null,
      ...why,
      partial_response_payload,
    });
    if (outputItems === undefined) this.#recording.event(this.#place, () => body(null));
    else {
      const response = responseOf({ ...partial, outputItems });
      this.#recording.eventWith(this.#place, 'inference_response', response, body);
    }
  }

  #ends(): boolean {
    const isFirst = this.#isOpen;
    this.#isOpen = false;
    return isFirst;
  }
}

const responseOf =
  ({ responseId, upstreamRequestId, tokenUsage, outputItems }: ModelAnswer) =>
  () => ({
    response_id: responseId ?? null,
    upstream_request_id: upstreamRequestId ?? null,
    token_usage: tokenUsage ?? null,
    output_items: itemsIn('outputItems', valueOf(outputItems)),
  });
