import type { ConversationItem } from '../../model/conversation.js';
import type {
  CodexTurnId,
  CompactionId,
  ConversationItemId,
  InferenceCallId,
  ThreadId,
} from '../../model/ids.js';

type ItemIds = readonly ConversationItemId[];

export interface ConversationState {
  /** To compare what comes in with what was seen. */
  readonly items: Map<ConversationItemId, ConversationItem>;
  nextOrdinal: number;
  /** What the model has in view, by thread: the last request and the responses since. */
  readonly snapshots: Map<ThreadId, ItemIds>;
  /**
   * The history that a compaction installed, until a full request shows it. That request is compared with
   * it alone: a context that is injected again is a new item after the compaction.
   */
  readonly replacements: Map<ThreadId, ItemIds>;
  /** Items that stand in the list of their thread. */
  readonly listed: Set<ConversationItemId>;
  /** Items by thread, kind and call id: content under one call id must not change. */
  readonly byCallId: Map<string, ConversationItemId[]>;
  /** What each call exchanged: the omitted prefix of a later incremental request. */
  readonly exchanges: Map<InferenceCallId, Exchange>;
  /** Calls by thread and response id. Several may share one. */
  readonly byResponseId: Map<string, InferenceCallId[]>;
  /** Installs that were seen, to refuse a second one before it changes anything. */
  readonly compactions: Set<CompactionId>;
  /** Outputs whose image was repeated, reported once each. */
  readonly repeatedImages: Set<ConversationItemId>;
}

export interface Exchange {
  readonly thread_id: ThreadId;
  readonly codex_turn_id: CodexTurnId;
  request: ItemIds;
  response: ItemIds;
  /** Both, where they are the live history as it was after the response. */
  whole: ItemIds | undefined;
  responseId: string | null;
}

export const initialConversation = (): ConversationState => ({
  items: new Map(),
  nextOrdinal: 1,
  snapshots: new Map(),
  replacements: new Map(),
  listed: new Set(),
  byCallId: new Map(),
  exchanges: new Map(),
  byResponseId: new Map(),
  compactions: new Set(),
  repeatedImages: new Set(),
});
