import type { WireItem } from './items.js';

/** An event of a streamed response. */
export interface ResponseEvent {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** An event as server-sent events carry it. */
export const serverSentEvent = (event: ResponseEvent): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

export const responseCreated = (id: string): ResponseEvent => ({
  type: 'response.created',
  response: { id },
});

/** An item that appears, and is complete at once. */
export const itemEvents = (item: WireItem, index: number): readonly ResponseEvent[] => [
  { type: 'response.output_item.added', output_index: index, item },
  { type: 'response.output_item.done', output_index: index, item },
];

const OUTPUT_TOKENS = 12;

export const responseCompleted = (id: string, inputTokens: number): ResponseEvent => ({
  type: 'response.completed',
  response: {
    id,
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 20 },
      output_tokens: OUTPUT_TOKENS,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: inputTokens + OUTPUT_TOKENS,
    },
  },
});
