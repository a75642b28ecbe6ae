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
  readonly role: ConversationRole;
  readonly channel: ConversationChannel | null;
  readonly kind: ConversationItemKind;
  readonly agent_message: AgentMessageRoute | null;
  readonly parts: readonly ConversationPart[];
  readonly call_id: string | null;
  /** Why the item could not be understood; then its parts only point at it. */
  readonly flaw: { readonly code: ProblemCode; readonly message: string } | null;
}

/** Where an item comes from: to point at it, and to read its exact text where values lose a detail. */
export interface ItemSource {
  readonly raw_payload_id: string;
  /** The item's own JSON text. */
  text(): string;
}
