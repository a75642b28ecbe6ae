import { field, stringField } from '../../json/access.js';
import type { ConversationItemKind, ConversationPart, ConversationRole } from '../../model/conversation.js';
import { conversationRoles } from '../../model/conversation.js';
import { readAgentMessage } from './agent-message.js';
import { contentParts, itemPart, payloadRefPart, summarize, textOrJsonPart } from './parts.js';
import type { ItemSource, ModelItem } from './model-item.js';
import { reasoningParts } from './reasoning.js';
import { UnsupportedItem } from './unsupported-item.js';

/**
 * Reads one item of a request or a response. Gives undefined for items that take no place in the
 * conversation. An item that cannot be understood keeps its place and points at its payload.
 */
export const normalizeItem = (item: unknown, source: ItemSource): ModelItem | undefined => {
  const understood = tryUnderstand(item, source);
  const id = source.form.idOf(item);
  return understood && id !== null ? { ...understood, id } : understood;
};

const tryUnderstand = (item: unknown, source: ItemSource): ModelItem | undefined => {
  try {
    return understand(item, source);
  } catch (error) {
    if (!(error instanceof UnsupportedItem)) throw error;
    return unsupported(item, source, error.message);
  }
};

const understand = (item: unknown, source: ItemSource): ModelItem | undefined => {
  const type = stringField(item, 'type');
  switch (type) {
    case 'message':
      return message(item, source);
    case 'reasoning':
      return { ...blank('assistant', 'reasoning'), channel: 'analysis', parts: reasoningParts(item) };
    case 'function_call':
      return call('function_call', item, [callArguments(item, source)]);
    case 'function_call_output':
      return output('function_call_output', item, outputParts(item, source));
    case 'custom_tool_call':
      return call('custom_tool_call', item, [customInput(item, source)]);
    case 'custom_tool_call_output':
      return output('custom_tool_call_output', item, outputParts(item, source));
    case 'tool_search_call':
    case 'web_search_call':
    case 'image_generation_call':
    case 'local_shell_call':
      return call('function_call', item, [itemPart(source)]);
    case 'tool_search_output':
    case 'mcp_tool_call_output':
      return output('function_call_output', item, [itemPart(source)]);
    case 'compaction':
    case 'compaction_summary':
    case 'context_compaction':
      return { ...blank('assistant', 'message'), channel: 'summary', parts: compactionParts(item) };
    case 'agent_message':
      return agentMessage(item, source);
    case 'additional_tools':
      return undefined;
    case undefined:
      throw new UnsupportedItem('did not contain a string type');
    default:
      throw new UnsupportedItem(`has the unsupported type ${type}`);
  }
};

const blank = (role: ConversationRole, kind: ConversationItemKind): ModelItem => ({
  role,
  channel: null,
  kind,
  agent_message: null,
  parts: [],
  call_id: null,
  id: null,
  flaw: null,
});

const call = (kind: ConversationItemKind, item: unknown, parts: readonly ConversationPart[]): ModelItem => ({
  ...blank('assistant', kind),
  channel: 'commentary',
  parts,
  call_id: stringField(item, 'call_id') ?? null,
});

const output = (
  kind: ConversationItemKind,
  item: unknown,
  parts: readonly ConversationPart[],
): ModelItem => ({ ...call(kind, item, parts), role: 'tool' });

const isRole = (role: string): role is ConversationRole => conversationRoles.some((known) => known === role);

/** Any other phase, `partial_answer` included, has no channel. */
const channelByPhase: ReadonlyMap<string | undefined, ModelItem['channel']> = new Map([
  ['commentary', 'commentary'],
  ['final_answer', 'final'],
  ['summary', 'summary'],
]);

const message = (item: unknown, source: ItemSource): ModelItem => {
  const role = stringField(item, 'role');
  if (role === undefined) throw new UnsupportedItem('is a message without a string role');
  if (!isRole(role)) throw new UnsupportedItem(`is a message with the unsupported role ${role}`);
  return {
    ...blank(role, 'message'),
    channel: channelByPhase.get(stringField(item, 'phase')) ?? null,
    parts: contentParts(field(item, 'content'), 'content', source),
  };
};

const callArguments = (item: unknown, source: ItemSource): ConversationPart => {
  const value = field(item, 'arguments');
  if (value === undefined) return payloadRefPart('payload', source);
  return textOrJsonPart(value, ['arguments'], source);
};

const customInput = (item: unknown, source: ItemSource): ConversationPart => {
  const input = stringField(item, 'input');
  if (input === undefined) return itemPart(source);
  return stringField(item, 'name') === 'exec'
    ? { type: 'code', language: 'javascript', source: input }
    : { type: 'text', text: input };
};

const outputParts = (item: unknown, source: ItemSource): readonly ConversationPart[] => {
  const value = field(item, 'output');
  if (value === undefined) return [payloadRefPart('tool_output', source)];
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (Array.isArray(value)) return contentParts(value, 'output', source);
  return [textOrJsonPart(value, ['output'], source)];
};

const compactionParts = (item: unknown): readonly ConversationPart[] => {
  const value = stringField(item, 'encrypted_content');
  if (value === undefined) {
    throw new UnsupportedItem('is a compaction without string encrypted_content');
  }
  return [{ type: 'encoded', label: 'encrypted_content', value }];
};

const agentMessage = (item: unknown, source: ItemSource): ModelItem => {
  const read = readAgentMessage(item, source);
  if ('issue' in read) throw new UnsupportedItem(`is an agent_message that ${read.issue}`);
  return { ...blank('assistant', 'message'), channel: 'analysis', ...read };
};

/**
 * What the model saw, kept in its place: a JSON part, which compares by its text, so that the item is
 * recognised when a later request repeats it.
 */
const unsupported = (item: unknown, source: ItemSource, reason: string): ModelItem => {
  const role = stringField(item, 'role');
  const kept: ModelItem = {
    ...blank(role !== undefined && isRole(role) ? role : 'assistant', 'message'),
    parts: [{ type: 'json', summary: summarize(source.text()), raw_payload_id: source.raw_payload_id }],
  };
  const flawMessage = `model item in payload ${source.raw_payload_id} ${reason}`;
  return { ...kept, flaw: { code: 'item_unsupported', message: flawMessage } };
};
