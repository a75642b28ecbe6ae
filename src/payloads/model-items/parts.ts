import { compactJson, cutAtBytes } from '../../json/compact.js';
import { ExactObject, parseExact, printExact } from '../../json/exact.js';
import { elementSlices, sliceAt } from '../../json/locate.js';
import { field, stringField } from '../../json/access.js';
import type { ConversationPart } from '../../model/conversation.js';
import type { ItemSource } from './model-item.js';

/** Bytes of compact JSON that an item shows. */
const SUMMARY_BYTES = 240;

/** Summaries of texts that were summarized before: every request repeats the arguments of old calls. */
const known = new Map<string, string | undefined>();
const KNOWN_TEXTS = 4096;
const KNOWN_LENGTH = 4096;

/** The compact form of JSON text, cut; undefined where the text is no JSON. A pure function, remembered. */
const compactSummary = (json: string): string | undefined => {
  if (json.length > KNOWN_LENGTH) return computeSummary(json);
  const remembered = known.get(json);
  if (remembered !== undefined || known.has(json)) return remembered;
  const summary = computeSummary(json);
  if (known.size >= KNOWN_TEXTS) known.clear();
  known.set(json, summary);
  return summary;
};

const computeSummary = (json: string): string | undefined => {
  const compact = compactJson(json);
  return compact === undefined ? undefined : cutAtBytes(compact, SUMMARY_BYTES);
};

/** The summary of text that is known to be JSON. */
export const summarize = (json: string): string => compactSummary(json) ?? cutAtBytes(json, SUMMARY_BYTES);

export const jsonPart = (json: string, source: ItemSource): ConversationPart => ({
  type: 'json',
  summary: summarize(json),
  raw_payload_id: source.raw_payload_id,
});

/** Bookkeeping of the recorder that the original takes out of an item before it shows it. */
const PASSTHROUGH = 'internal_chat_message_metadata_passthrough';

/** A whole item as JSON. */
export const itemPart = (source: ItemSource): ConversationPart => {
  const text = source.text();
  return jsonPart(text.includes(PASSTHROUGH) ? withoutPassthrough(text) : text, source);
};

/** As the original's map removes a key: the last one takes its place. */
const withoutPassthrough = (text: string): string => {
  const item = parseExact(text);
  if (!(item instanceof ExactObject)) return text;
  const members = [...item.entries];
  const index = members.findIndex(([key]) => key === PASSTHROUGH);
  if (index === -1) return text;
  const last = members.pop();
  if (last && index < members.length) members[index] = last;
  return printExact(new ExactObject(new Map(members)));
};

export const payloadRefPart = (label: string, source: ItemSource): ConversationPart => ({
  type: 'payload_ref',
  label,
  raw_payload_id: source.raw_payload_id,
});

/** A string that holds JSON, other text, or JSON that is no string and lies at `path` of the item. */
export const textOrJsonPart = (
  value: unknown,
  path: readonly string[],
  source: ItemSource,
): ConversationPart => {
  if (typeof value !== 'string') return jsonPart(sliceAt(source.text(), path) ?? 'null', source);
  const summary = compactSummary(value);
  return summary === undefined
    ? { type: 'text', text: value }
    : { type: 'json', summary, raw_payload_id: source.raw_payload_id };
};

const textTypes: ReadonlySet<string> = new Set(['input_text', 'output_text', 'text']);

/** The parts of the content list at `key` of an item. What is no text stays in the payload under its type. */
export const contentParts = (
  content: unknown,
  key: string,
  source: ItemSource,
): readonly ConversationPart[] => {
  if (!Array.isArray(content)) return [payloadRefPart('content', source)];
  const { contentRef, emptyContent } = source.form;
  let texts: readonly string[] | undefined;
  const textAt = (index: number): string =>
    (texts ??= elementSlices(source.text(), [key]) ?? [])[index] ?? 'null';
  const parts: ConversationPart[] = [];
  for (const [index, entry] of content.entries()) {
    const type = stringField(entry, 'type');
    if (type === undefined || !textTypes.has(type)) {
      parts.push(contentRef(type ?? 'content', source, () => textAt(index)));
    } else {
      const text = field(entry, 'text');
      if (typeof text === 'string') parts.push({ type: 'text', text });
    }
  }
  return parts.length > 0 ? parts : emptyContent(source);
};
