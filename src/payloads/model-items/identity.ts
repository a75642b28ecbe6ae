import type { ConversationItem, ConversationPart, PayloadRefPart } from '../../model/conversation.js';
import type { ModelItem } from './model-item.js';

/**
 * Whether an item is one that was seen before: same role, channel, kind, call id, agents and body, and no
 * other id of the provider. JSON parts compare by summary only; content that stays in its payload by its
 * hash, or else by that payload: such an image never matches across two requests. Reasoning also matches
 * by its encrypted part: later requests repeat only that.
 */
export const isSameModelItem = (known: ConversationItem, incoming: ModelItem): boolean =>
  !differ(known.responses_item_id ?? null, incoming.id) && isSameContent(known, incoming);

/** The same, whatever the ids say. */
export const isSameContent = (known: ConversationItem, incoming: ModelItem): boolean =>
  known.kind === incoming.kind &&
  known.role === incoming.role &&
  known.channel === incoming.channel &&
  known.call_id === incoming.call_id &&
  known.agent_message?.author === incoming.agent_message?.author &&
  known.agent_message?.recipient === incoming.agent_message?.recipient &&
  (samePartLists(known.body.parts, incoming.parts, samePart) ||
    (known.kind === 'reasoning' && sameEncryptedPart(known.body.parts, incoming.parts)));

/** An id that is missing may be any. */
const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/** The same output in all but the payload that holds its images: what a repeated history looks like. */
export const isRepeatedImage = (known: ConversationItem, incoming: ModelItem): boolean =>
  known.kind === incoming.kind &&
  known.call_id === incoming.call_id &&
  incoming.parts.some((part) => part.type === 'payload_ref') &&
  samePartLists(
    known.body.parts,
    incoming.parts,
    (a, b) => (a.type === 'payload_ref' && b.type === 'payload_ref' && a.label === b.label) || samePart(a, b),
  );

/**
 * A key that equal items share; different items share it only rarely. Finding an item that moved then
 * takes one look-up instead of a comparison with the whole history.
 */
export const identityKey = (item: ModelItem): string => {
  const encrypted = item.kind === 'reasoning' ? encodedPart(item.parts) : undefined;
  const parts = encrypted ? [encrypted] : item.parts;
  return [item.kind, item.role, item.channel, item.call_id, ...parts.map(partKey)].join('\n');
};

/** The item that a row shows, as it would come in again. */
export const asModelItem = (row: ConversationItem): ModelItem => ({
  role: row.role,
  channel: row.channel,
  kind: row.kind,
  agent_message: row.agent_message ?? null,
  parts: row.body.parts,
  call_id: row.call_id,
  id: row.responses_item_id ?? null,
  flaw: null,
});

type Parts = readonly ConversationPart[];

export const sameParts = (a: Parts, b: Parts): boolean => samePartLists(a, b, samePart);

const samePartLists = (
  a: Parts,
  b: Parts,
  same: (a: ConversationPart, b: ConversationPart) => boolean,
): boolean => {
  if (a.length !== b.length) return false;
  return a.every((part, index) => {
    const other = b[index];
    return other !== undefined && same(part, other);
  });
};

const samePart = (a: ConversationPart, b: ConversationPart): boolean => {
  switch (a.type) {
    case 'text':
    case 'summary':
      return b.type === a.type && b.text === a.text;
    case 'encoded':
      return b.type === 'encoded' && b.label === a.label && b.value === a.value;
    case 'json':
      return b.type === 'json' && b.summary === a.summary;
    case 'code':
      return b.type === 'code' && b.language === a.language && b.source === a.source;
    case 'payload_ref':
      return b.type === 'payload_ref' && b.label === a.label && contentKey(b) === contentKey(a);
  }
};

const contentKey = ({ content_sha256: hash, raw_payload_id }: PayloadRefPart): string =>
  hash === undefined ? `payload ${raw_payload_id}` : `content ${hash}`;

type EncodedPart = Extract<ConversationPart, { readonly type: 'encoded' }>;
const encodedPart = (parts: Parts): EncodedPart | undefined =>
  parts.find((part): part is EncodedPart => part.type === 'encoded');

const sameEncryptedPart = (a: Parts, b: Parts): boolean => {
  const left = encodedPart(a);
  const right = encodedPart(b);
  return left !== undefined && right !== undefined && samePart(left, right);
};

const KEY_LENGTH = 64;
const partKey = (part: ConversationPart): string => {
  switch (part.type) {
    case 'text':
    case 'summary':
      return `${part.type} ${part.text.length} ${part.text.slice(0, KEY_LENGTH)}`;
    case 'encoded':
      return `encoded ${part.value.length} ${part.value.slice(0, KEY_LENGTH)}`;
    case 'json':
      return `json ${part.summary}`;
    case 'code':
      return `code ${part.source.length} ${part.source.slice(0, KEY_LENGTH)}`;
    case 'payload_ref':
      return contentKey(part);
  }
};

/**
 * The body of reasoning after one more sighting. Readable text that was seen first wins, then readable
 * summaries, then the encrypted part; text always precedes summary.
 */
export const mergeReasoning = (known: Parts, incoming: Parts): Parts => {
  if (sameParts(known, incoming)) return known;
  const text = known.filter((part) => part.type === 'text');
  const summary = known.filter((part) => part.type === 'summary');
  if (text.length > 0 && summary.length > 0) return known;
  const merged = [
    ...(text.length > 0 ? text : incoming.filter((part) => part.type === 'text')),
    ...(summary.length > 0 ? summary : incoming.filter((part) => part.type === 'summary')),
    ...known.filter((part) => part.type === 'encoded'),
  ];
  return sameParts(known, merged) ? known : merged;
};
