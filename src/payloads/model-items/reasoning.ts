import { field, stringField } from '../../json/access.js';
import type { ConversationPart } from '../../model/conversation.js';
import { UnsupportedItem } from './unsupported-item.js';

const textTypes: ReadonlySet<string> = new Set(['reasoning_text', 'text']);
const summaryTypes: ReadonlySet<string> = new Set(['summary_text']);

/** Text, then summaries, then the encrypted blob. Unlike `content`, `summary` may not be null. */
export const reasoningParts = (item: unknown): readonly ConversationPart[] => {
  const content = field(item, 'content');
  const parts = [
    ...(content === null ? [] : readable('content', content, textTypes, 'text')),
    ...readable('summary', field(item, 'summary'), summaryTypes, 'summary'),
    ...encrypted(field(item, 'encrypted_content')),
  ];
  if (parts.length === 0) {
    throw new UnsupportedItem('is reasoning without content, summary and encrypted_content');
  }
  return parts;
};

const readable = (
  key: string,
  entries: unknown,
  types: ReadonlySet<string>,
  part: 'text' | 'summary',
): readonly ConversationPart[] => {
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) throw new UnsupportedItem(`is reasoning with a ${key} that is no list`);
  return entries.map((entry: unknown) => {
    const type = stringField(entry, 'type');
    if (type === undefined) throw new UnsupportedItem(`is reasoning with a ${key} entry without string type`);
    if (!types.has(type)) throw new UnsupportedItem(`is reasoning with the unsupported ${key} type ${type}`);
    const text = stringField(entry, 'text');
    if (text === undefined) throw new UnsupportedItem(`is reasoning with a ${key} entry without string text`);
    return { type: part, text };
  });
};

const encrypted = (value: unknown): readonly ConversationPart[] => {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string')
    throw new UnsupportedItem('is reasoning with encrypted_content that is no string');
  return [{ type: 'encoded', label: 'encrypted_content', value }];
};
