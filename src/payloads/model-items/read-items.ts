import { field } from '../../json/access.js';
import { elementSlices } from '../../json/locate.js';
import type { PayloadBody } from '../../bundle/payload.js';
import type { ModelItem } from './model-item.js';
import { normalizeItem } from './normalize.js';

/** The items of the list at `key` of a payload; undefined where there is no list. */
export const readItems = (body: PayloadBody, key: string): readonly ModelItem[] | undefined => {
  const list = field(body.value, key);
  if (!Array.isArray(list)) return undefined;
  const texts = lazily(() => elementSlices(body.text, [key]) ?? []);
  return list.flatMap((item, index) => readItem(item, body.ref.raw_payload_id, () => texts()[index]) ?? []);
};

/** Reads one item; its exact text is looked up only where a detail of it counts. */
export const readItem = (
  item: unknown,
  raw_payload_id: string,
  text: () => string | undefined,
): ModelItem | undefined => normalizeItem(item, { raw_payload_id, text: () => text() ?? 'null' });

export const lazily = <T>(compute: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: compute() }).value;
};
