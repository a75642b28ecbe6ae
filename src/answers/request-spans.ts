import type { ConversationItemId, InferenceCallId, ThreadId } from '../model/ids.js';
import type { InferenceCall } from '../model/conversation.js';
import type { RolloutTrace } from '../model/rollout-trace.js';

/** The requests of a thread in their order, and for each item between which of them it was sent. */
export interface RequestSpans {
  readonly calls: readonly InferenceCallId[];
  /** Pairs of the first and the last request, by their places in `calls`. */
  readonly ofItem: ReadonlyMap<ConversationItemId, readonly (readonly [first: number, last: number])[]>;
}

/**
 * Compares each request of a thread with the one before. What both begin with, which is nearly all, is only
 * looked at; so the result has the size of what changed between requests, not of the requests.
 */
export const requestSpans = (trace: RolloutTrace, thread: ThreadId): RequestSpans => {
  const calls = [...trace.inference_calls.values()].filter(({ thread_id }) => thread_id === thread);
  calls.sort(byStart);
  const ofItem = new Map<ConversationItemId, (readonly [number, number])[]>();
  const open = new Map<ConversationItemId, number>();
  const close = (item: ConversationItemId, last: number): void => {
    const spans = ofItem.get(item) ?? [];
    ofItem.set(item, spans);
    spans.push([open.get(item) ?? last, last]);
    open.delete(item);
  };
  let before: readonly ConversationItemId[] = [];
  for (const [place, { request_item_ids: items }] of calls.entries()) {
    const shared = sharedLength(before, items);
    if (shared < before.length) {
      const still = new Set(items);
      for (const item of before.slice(shared)) {
        if (open.has(item) && !still.has(item)) close(item, place - 1);
      }
    }
    for (const item of items.slice(shared)) if (!open.has(item)) open.set(item, place);
    before = items;
  }
  for (const item of open.keys()) close(item, calls.length - 1);
  return { calls: calls.map(({ inference_call_id }) => inference_call_id), ofItem };
};

type Started = Pick<InferenceCall, 'execution'>;
const byStart = ({ execution: a }: Started, { execution: b }: Started): number =>
  a.started_seq < b.started_seq ? -1 : a.started_seq > b.started_seq ? 1 : 0;

const sharedLength = (a: readonly unknown[], b: readonly unknown[]): number => {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length += 1;
  return length;
};
