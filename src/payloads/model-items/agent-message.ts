import * as z from 'zod/mini';
import { holdsWideInteger } from '../../json/wide-integer.js';
import type { AgentMessageRoute, ConversationPart } from '../../model/conversation.js';
import { optional } from '../../model/wire.js';
import { readTyped } from '../../serde/typed.js';
import type { ItemSource } from './model-item.js';

/** A message between agents, as requests carry it. */
const agentMessageSchema = z.object({
  id: optional(z.string()),
  author: z.string(),
  recipient: z.string(),
  content: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('input_text'), text: z.string() }),
      z.object({ type: z.literal('encrypted_content'), encrypted_content: z.string() }),
    ]),
  ),
});

interface AgentMessage {
  readonly agent_message: AgentMessageRoute;
  readonly parts: readonly ConversationPart[];
}

export const readAgentMessage = (item: unknown, source: ItemSource): AgentMessage | { issue: string } => {
  const text = source.text();
  const read = readTyped(agentMessageSchema, { value: item, text });
  if ('issue' in read) return read;
  if (holdsWideInteger(text)) return { issue: 'holds an integer beyond 64 bits' };
  const { author, recipient, content } = read.data;
  if (content.length === 0) return { issue: 'has no content' };
  const parts = content.map((entry): ConversationPart =>
    entry.type === 'input_text'
      ? { type: 'text', text: entry.text }
      : { type: 'encoded', label: 'encrypted_content', value: entry.encrypted_content },
  );
  return { agent_message: { author, recipient }, parts };
};
