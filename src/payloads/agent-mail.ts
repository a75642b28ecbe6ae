import * as z from 'zod/mini';
import { JsonSyntaxError } from '../json/exact.js';
import type { ConversationItem, ConversationPart } from '../model/conversation.js';
import type { AgentPath } from '../model/ids.js';
import { isAgentPath } from './agents.js';
import { RepeatedFieldError } from '../serde/forms.js';
import { readStruct } from '../serde/read-struct.js';

/** A message between agents as it stands in the conversation of its recipient. */
export interface AgentMail {
  readonly author: AgentPath;
  readonly recipient: AgentPath;
  /** The text, or the encrypted text where there is one. */
  readonly content: string;
}

/** The mail that an item is; undefined for any other item, ordinary JSON of an assistant included. */
export const readMail = (item: ConversationItem): AgentMail | undefined => {
  if (item.agent_message) {
    const content = routedContent(item.body.parts);
    return content === undefined ? undefined : { ...item.agent_message, content };
  }
  const [part, ...others] = item.body.parts;
  if (item.role !== 'assistant' || item.kind !== 'message' || others.length > 0) return undefined;
  return part?.type === 'text' ? readTextMail(part.text) : undefined;
};

/** One text, one encrypted text, or a text with its encrypted form. */
const routedContent = (parts: readonly ConversationPart[]): string | undefined => {
  const [first, second, ...others] = parts;
  if (others.length > 0) return undefined;
  if (second) return first?.type === 'text' && second.type === 'encoded' ? second.value : undefined;
  return first?.type === 'text' ? first.text : first?.type === 'encoded' ? first.value : undefined;
};

const path = z.string().check(z.refine(isAgentPath));
const textMailSchema = z.object({
  author: path,
  recipient: path,
  other_recipients: z.optional(z.array(path)),
  content: z.string(),
  encrypted_content: z.nullish(z.string()),
  trigger_turn: z.boolean(),
});

/** The older form: an assistant message whose text is exactly one JSON object of this shape. */
const readTextMail = (text: string): AgentMail | undefined => {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const read = readStruct(textMailSchema, text);
    if (!read.success) return undefined;
    const { author, recipient, content, encrypted_content } = read.data;
    return { author, recipient, content: encrypted_content ?? content };
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof RepeatedFieldError) return undefined;
    throw error;
  }
};
