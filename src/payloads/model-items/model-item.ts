import type { ProblemCode } from '../../errors/codes.js';
import type {
  AgentMessageRoute,
  ConversationChannel,
  ConversationItemKind,
  ConversationPart,
  ConversationRole,
} from '../../model/conversation.js';

/** One item of a request or a response in the terms of the conversation, before it has an identity. */
export interface ModelItem {
  /** The provider's id, where the schema knows items by it. */
  readonly id: string | null;
  readonly role: ConversationRole;
  readonly channel: ConversationChannel | null;
  readonly kind: ConversationItemKind;
  readonly agent_message: AgentMessageRoute | null;
  readonly parts: readonly ConversationPart[];
  readonly call_id: string | null;
  /** Why the item could not be understood; then its parts only point at it. */
  readonly flaw: { readonly code: ProblemCode; readonly message: string } | null;
}

/** What a schema reads of items in its own way. */
export interface ItemForm {
  readonly idOf: (item: unknown) => string | null;
  /** Content of a list that is no text, and its JSON text. */
  readonly contentRef: (label: string, source: ItemSource, text: () => string) => ConversationPart;
  /** What stands for a list with nothing to show. */
  readonly emptyContent: (source: ItemSource) => readonly ConversationPart[];
}

/** Where an item comes from: to point at it, and to read its exact text where values lose a detail. */
export interface ItemSource {
  readonly raw_payload_id: string;
  readonly form: ItemForm;
  /** The item's own JSON text. */
  text(): string;
}
