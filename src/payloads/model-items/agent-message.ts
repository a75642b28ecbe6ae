import { z } from 'zod';
import { ExactNumber, ExactObject, parseExact, type ExactJson } from '../../json/exact.js';
import type { AgentMessageRoute, ConversationPart } from '../../model/conversation.js';
import { optional } from '../../model/wire.js';
import { readTyped } from '../typed.js';
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

const WIDE = /\d{19}/;
const U128_MAX = 2n ** 128n - 1n;
const I128_MIN = -(2n ** 127n);

/**
 * Whether JSON text holds an integer that fits 128 bits but not 64: serde refuses it where it buffers a
 * tagged value, and keeps longer ones as text.
 */
export const holdsWideInteger = (json: string): boolean => WIDE.test(json) && isWide(parseExact(json));

const isWide = (value: ExactJson): boolean => {
  if (value instanceof ExactNumber) {
    if (value.isInteger || !/^-?\d+$/.test(value.literal)) return false;
    const integer = BigInt(value.literal);
    return integer <= U128_MAX && integer >= I128_MIN;
  }
  if (value instanceof ExactObject) return [...value.entries.values()].some(isWide);
  return Array.isArray(value) && value.some(isWide);
};
