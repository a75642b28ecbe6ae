import type { ThreadId } from '../model/ids.js';

const HYPHENATED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SIMPLE = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * A thread id inside a runtime payload is a UUID in any of its spellings (any case, without hyphens, in
 * braces, as a URN); the graph has the lower-case one with hyphens. Undefined for other text.
 */
export const parseThreadId = (text: string): ThreadId | undefined => {
  const lower = text.toLowerCase();
  if (HYPHENATED.test(lower)) return lower;
  const simple = SIMPLE.exec(lower);
  if (simple) return simple.slice(1).join('-');
  const wrapped = /^(?:urn:uuid:(.*)|\{(.*)\})$/s.exec(text);
  const inner = (wrapped?.[1] ?? wrapped?.[2])?.toLowerCase();
  return inner !== undefined && HYPHENATED.test(inner) ? inner : undefined;
};
