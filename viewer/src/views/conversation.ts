import {
  transcriptOf,
  type ConversationItemKind,
  type ConversationPart,
  type ConversationRole,
  type ItemOrigin,
  type RolloutTrace,
} from 'rollout-trace';
import { itemText, itemTitle, toolName } from './labels.js';
import { objectLabel } from './object-labels.js';
import type { ObjectRef } from 'rollout-trace';
import type { Moment } from './moment.js';

/** What had a part in making an item. */
export interface Producer {
  readonly ref: ObjectRef;
  readonly label: string;
}

/** An item of a conversation in a list. */
export interface ConversationRow {
  readonly id: string;
  readonly kind: ConversationItemKind;
  readonly role: ConversationRole;
  readonly title: string;
  /** Unix milliseconds. */
  readonly time: number;
  readonly turn: string | null;
  /** The beginning of its text. */
  readonly preview: string;
  readonly length: number;
  readonly origin: ItemOrigin;
  readonly producers: readonly Producer[];
  readonly route: { readonly author: string; readonly recipient: string } | null;
  /** Items before and behind a compaction, for its marker. */
  readonly compaction: { readonly id: string; readonly before: number; readonly after: number } | null;
  /** Whether the last request of the thread showed it to the model. */
  readonly isLive: boolean;
}

export interface ItemBody {
  readonly id: string;
  readonly parts: readonly ConversationPart[];
}

const PREVIEW = 600;

/** What was seen in a thread, in the order of its transcript. */
export const conversationOf = (moment: Moment, thread: string): readonly ConversationRow[] => {
  const { trace } = moment;
  const markers = new Map([...trace.compactions.values()].map((each) => [each.marker_item_id, each]));
  const live = liveItems(moment, thread);
  const entries = transcriptOf(moment.references(), { table: 'threads', id: thread }) ?? [];
  return entries.map(({ item, origin, producers }): ConversationRow => {
    const id = item.item_id;
    const text = itemText(item);
    const compaction = markers.get(id);
    return {
      id,
      kind: item.kind,
      role: item.role,
      title: itemTitle(item),
      time: Number(item.first_seen_at_unix_ms),
      turn: item.codex_turn_id,
      preview: text.slice(0, PREVIEW),
      length: text.length,
      origin,
      producers: producers.map((ref) => ({ ref, label: producerLabel(trace, ref) })),
      route: item.agent_message ?? null,
      compaction: compaction
        ? {
            id: compaction.compaction_id,
            before: compaction.input_item_ids.length,
            after: compaction.replacement_item_ids.length,
          }
        : null,
      isLive: live.has(id),
    };
  });
};

export const itemBodies = ({ trace }: Moment, ids: readonly string[]): readonly ItemBody[] =>
  ids.flatMap((id) => {
    const item = trace.conversation_items.get(id);
    return item ? [{ id, parts: item.body.parts }] : [];
  });

const liveItems = ({ trace }: Moment, thread: string): ReadonlySet<string> => {
  let last: readonly string[] = [];
  let seq: number | bigint = -1;
  for (const call of trace.inference_calls.values()) {
    if (call.thread_id !== thread || call.execution.started_seq < seq) continue;
    seq = call.execution.started_seq;
    last = [...call.request_item_ids, ...call.response_item_ids];
  }
  return new Set(last);
};

/** In a word or two: it stands beside the item. */
const producerLabel = (trace: RolloutTrace, ref: ObjectRef): string => {
  const { table, id } = ref;
  if (table === 'inference_calls') return trace.inference_calls.get(id)?.model ?? 'response';
  if (table === 'code_cells') return 'code cell';
  if (table === 'terminal_operations') return 'terminal';
  const call = table === 'tool_calls' ? trace.tool_calls.get(id) : undefined;
  return call ? toolName(call.kind) : objectLabel(trace, ref);
};
