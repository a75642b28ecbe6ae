import type { Emit } from '../projection.js';
import type { ConversationItem, ItemReceipt } from '../../model/conversation.js';
import type {
  CodexTurnId,
  CompactionId,
  ConversationItemId,
  InferenceCallId,
  ThreadId,
} from '../../model/ids.js';

type ItemIds = readonly ConversationItemId[];

/** What the conversation says to others. */
export type ConversationEmit = Emit<
  'items_observed' | 'item_rewritten' | 'response_items_known' | 'checkpoint_reduced'
>;

export interface ConversationState {
  /** To compare what comes in with what was seen. */
  readonly items: Map<ConversationItemId, ConversationItem>;
  nextOrdinal: number;
  /** What the model has in view, by thread. */
  readonly views: Map<ThreadId, View>;
  /**
   * The history that a compaction installed, until a full request shows it. That request is compared with
   * it alone: a context that is injected again is a new item after the compaction.
   */
  readonly replacements: Map<ThreadId, ItemIds>;
  /** Items that do not stand in the list of their thread, or not yet. */
  readonly unlisted: Set<ConversationItemId>;
  /** The highest ordinal in the list of a thread, which is in the order of ordinals. */
  readonly lastListed: Map<ThreadId, number>;
  /** Items by thread and id of the provider; several may share one. */
  readonly byProviderId: Map<string, ConversationItemId[]>;
  /** First receipts, by thread and id of the provider, of items that may come later. */
  readonly receipts: Map<string, Receipt>;
  /** Threads in which a message was taken since their last request: an item that was repeated may be no more. */
  readonly unsettled: Set<ThreadId>;
  /** Messages that were made from their receipt and wait for their first sighting, by the same key. */
  readonly delivered: Map<string, ConversationItemId>;
  /** Items by thread, kind and call id: content under one call id must not change. */
  readonly byCallId: Map<string, ConversationItemId[]>;
  /** What each call exchanged: the omitted prefix of a later incremental request. */
  readonly exchanges: Map<InferenceCallId, Exchange>;
  /** The last call of each thread. */
  readonly lastCall: Map<ThreadId, InferenceCallId>;
  /** Calls by thread and response id. Several may share one. */
  readonly byResponseId: Map<string, InferenceCallId[]>;
  /** Installs that were seen, to refuse a second one before it changes anything. */
  readonly compactions: Set<CompactionId>;
  /** Outputs whose image was repeated, reported once each. */
  readonly repeatedImages: Set<ConversationItemId>;
}

/** When an item became part of the history of its thread. */
export type Receipt = Required<Pick<ItemReceipt, 'accepted_at_unix_ms' | 'accepted_seq'>>;

/** A request and the responses to it, in two lists: joined, they are the start of the next request. */
export interface View {
  readonly request: ItemIds;
  readonly response: ItemIds;
}

export const emptyView: View = { request: [], response: [] };

export const itemsIn = ({ request, response }: View): ItemIds =>
  response.length === 0 ? request : request.concat(response);

export interface Exchange {
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  /** Null where it could not be read. */
  request: ItemIds | null;
  response: ItemIds;
  responseId: string | null;
}

export const initialConversation = (): ConversationState => ({
  items: new Map(),
  nextOrdinal: 1,
  views: new Map(),
  replacements: new Map(),
  unlisted: new Set(),
  lastListed: new Map(),
  byProviderId: new Map(),
  receipts: new Map(),
  unsettled: new Set(),
  delivered: new Map(),
  byCallId: new Map(),
  exchanges: new Map(),
  lastCall: new Map(),
  byResponseId: new Map(),
  compactions: new Set(),
  repeatedImages: new Set(),
});
