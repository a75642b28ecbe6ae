/**
 * The namespaces of ids. All are strings of the recording or of the reduction; the names say which
 * table an id belongs to.
 */

/** Session id of one agent (a UUID). */
export type ThreadId = string;
/** Routing path of an agent, such as `/root` or `/root/search_docs`. */
export type AgentPath = string;
/** One activation of the runtime for one thread; not a chat turn. */
export type CodexTurnId = string;
/** `conversation_item:<n>`, numbered by the reduction in order of appearance. */
export type ConversationItemId = string;
export const conversationItemId = (ordinal: number): ConversationItemId => `conversation_item:${ordinal}`;
export const ordinalOf = (id: ConversationItemId): number => Number(id.slice(id.indexOf(':') + 1));
/** `:9` before `:10`. */
export const inCreationOrder = (ids: readonly ConversationItemId[]): ConversationItemId[] =>
  ids.toSorted((a, b) => ordinalOf(a) - ordinalOf(b));
/** One request to the model. */
export type InferenceCallId = string;
/** One tool call of the runtime. */
export type ToolCallId = string;
/** The `call_id` that the model sees on call and output items. */
export type ModelVisibleCallId = string;
/** `code_cell:<model-visible call id>`. */
export type CodeCellId = string;
/** Schema 1: the process id text that joins operations. Schema 2: `terminal_session:<operation that opened it>`. */
export type TerminalId = string;
/** `terminal_operation:<n>`, numbered by the reduction. */
export type TerminalOperationId = string;
/** One installed checkpoint of a compaction. */
export type CompactionId = string;
/** One upstream request made while computing a compaction. */
export type CompactionRequestId = string;
/** One interaction between agents. */
export type EdgeId = string;
/** One payload file of the bundle. */
export type RawPayloadId = string;
