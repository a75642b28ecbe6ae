/** Items as the model exchanges them, and rows of items as the conversation makes them. */
import type { ConversationItem, ConversationPart } from '../../src/model/conversation.js';
import type { ModelItem } from '../../src/payloads/model-items/model-item.js';
import { anonymousItems } from '../../src/payloads/model-items/item-forms.js';
import { readItems } from '../../src/payloads/model-items/read-items.js';
import { bodyOf } from './facts.js';

export const text = (words: string): ConversationPart => ({ type: 'text', text: words });
export const encoded = (value: string): ConversationPart => ({
  type: 'encoded',
  label: 'encrypted_content',
  value,
});

/** A message of one text. */
export const message = (role: string, words: string) => ({
  type: 'message',
  role,
  content: [{ type: 'input_text', text: words }],
});
export const user = (words: string) => message('user', words);
export const assistant = (words: string) => message('assistant', words);

export const functionCall = (call_id: string, args: unknown = { cmd: 'ls' }) => ({
  type: 'function_call',
  name: 'shell',
  arguments: JSON.stringify(args),
  call_id,
});
export const functionOutput = (call_id: string, output: unknown = 'ok') => ({
  type: 'function_call_output',
  call_id,
  output,
});
/** JavaScript of the model. */
export const execCall = (call_id: string, input = "text('hi')") => ({
  type: 'custom_tool_call',
  name: 'exec',
  call_id,
  input,
});
export const execOutput = (call_id: string, output: unknown = 'hi') => ({
  type: 'custom_tool_call_output',
  call_id,
  output,
});

/** A message between agents, as an item of its own. */
export const agentMessage = (words: string, author = '/root/child', recipient = '/root') => ({
  type: 'agent_message',
  author,
  recipient,
  content: [{ type: 'input_text', text: words }],
});
export const reasoning = (encrypted_content: string, words?: string) => ({
  type: 'reasoning',
  encrypted_content,
  summary: [],
  ...(words !== undefined && { content: [{ type: 'reasoning_text', text: words }] }),
});

/** The item with an id of the provider. */
export const withId = <Item extends object>(item: Item, id: unknown) => ({ ...item, id });

/** A message between agents as it stands in the conversation of its recipient: JSON in a message. */
export const mailText = (author: string, recipient: string, content: string): string =>
  JSON.stringify({ author, recipient, other_recipients: [], content, trigger_turn: true });

/** Items of a payload as the conversation reads them. */
export const modelItems = (
  input: readonly unknown[],
  raw_payload_id = 'P1',
  form = anonymousItems,
): readonly ModelItem[] => modelItemsOf(JSON.stringify({ input }), raw_payload_id, form);

/** The same of a payload whose spelling matters. */
export const modelItemsOf = (
  payload: string,
  raw_payload_id = 'P1',
  form = anonymousItems,
): readonly ModelItem[] => readItems(bodyOf(payload, raw_payload_id), 'input', form) ?? [];

/** The row of an item; a user message unless told otherwise. */
export const itemRow = (ordinal: number, fields: Partial<ConversationItem> = {}): ConversationItem => ({
  item_id: `conversation_item:${ordinal}`,
  thread_id: 'T1',
  codex_turn_id: 'U1',
  first_seen_at_unix_ms: 1010,
  role: 'user',
  channel: null,
  kind: 'message',
  body: { parts: [text('hi')] },
  call_id: null,
  produced_by: [],
  ...fields,
});

/** The row of an item with a call id. */
export const callRow = (
  ordinal: number,
  kind: 'function_call' | 'function_call_output' | 'custom_tool_call' | 'custom_tool_call_output',
  call_id: string,
  fields: Partial<ConversationItem> = {},
): ConversationItem =>
  itemRow(ordinal, {
    role: kind.endsWith('output') ? 'tool' : 'assistant',
    channel: 'commentary',
    kind,
    call_id,
    ...fields,
  });
