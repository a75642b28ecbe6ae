import type { ThreadId } from '../model/ids.js';
import type { RolloutTrace } from '../model/rollout-trace.js';
import type { Link } from './links.js';
import type { ObjectRef } from './objects.js';
import { linkIndex, type LinkIndex } from './link-index.js';
import { requestSpans, type RequestSpans } from './request-spans.js';

/**
 * Which objects of a trace led to which others. Both ends of every link are rows of the trace, and a link that
 * stands among the effects of one stands among the causes of the other.
 */
export interface References {
  readonly trace: RolloutTrace;
  /** Links to an object. */
  causesOf(object: ObjectRef): readonly Link[];
  /** Links from an object. */
  effectsOf(object: ObjectRef): readonly Link[];
}

/**
 * Reads every row of a trace once. Only what requests say of their items is read when somebody asks: all
 * requests together are far longer than the rest, so a thread's are compared at the first item of it.
 */
export const referencesOf = (trace: RolloutTrace): References => movingReferences()(trace);

/**
 * `referencesOf` for traces that have most rows in common, such as the moments of a history: rows are read again only
 * where they differ from those of the trace that was asked about last. What it gives stays good, and is fastest
 * while it is of that trace.
 */
export const movingReferences = (): ((trace: RolloutTrace) => References) => {
  const index = linkIndex();
  return (trace) => {
    index.moveTo(trace);
    return referencesIn(index, trace);
  };
};

const referencesIn = (index: LinkIndex, trace: RolloutTrace): References => {
  const isWhole = ({ from, to }: Link): boolean => exists(trace, from) && exists(trace, to);
  const spans = new Map<ThreadId, RequestSpans>();
  const spansOf = (thread: ThreadId): RequestSpans => {
    const known = spans.get(thread) ?? requestSpans(trace, thread);
    spans.set(thread, known);
    return known;
  };
  return {
    trace,
    causesOf(object) {
      index.moveTo(trace);
      return [...index.linksTo(object).filter(isWhole), ...requestedItems(trace, object)];
    },
    effectsOf(object) {
      index.moveTo(trace);
      return [...index.linksFrom(object).filter(isWhole), ...requestsWith(trace, object, spansOf)];
    },
  };
};

export const exists = (trace: RolloutTrace, { table, id }: ObjectRef): boolean => trace[table].has(id);

/** The items that a request sent. */
const requestedItems = (trace: RolloutTrace, to: ObjectRef): readonly Link[] => {
  if (to.table !== 'inference_calls') return [];
  const items = new Set(trace.inference_calls.get(to.id)?.request_item_ids);
  return [...items]
    .map((id): Link => ({ relation: 'request_item_ids', from: { table: 'conversation_items', id }, to }))
    .filter(({ from }) => exists(trace, from));
};

/** The requests that sent an item. */
const requestsWith = (
  trace: RolloutTrace,
  from: ObjectRef,
  spansOf: (thread: ThreadId) => RequestSpans,
): readonly Link[] => {
  const item = from.table === 'conversation_items' ? trace.conversation_items.get(from.id) : undefined;
  if (!item) return [];
  const { calls, ofItem } = spansOf(item.thread_id);
  return (ofItem.get(from.id) ?? []).flatMap(([first, last]) =>
    calls
      .slice(first, last + 1)
      .map((id): Link => ({ relation: 'request_item_ids', from, to: { table: 'inference_calls', id } })),
  );
};
