import { field } from '../../json/access.js';
import { elementSlices } from '../../json/locate.js';
import type { PayloadBody } from '../../bundle/payload.js';
import type { ItemForm, ItemSource, ModelItem } from './model-item.js';
import { normalizeItem } from './normalize.js';

/** The items of the list at `key` of a payload; undefined where there is no list. */
export const readItems = (body: PayloadBody, key: string, form: ItemForm): readonly ModelItem[] | undefined =>
  readPlaces(body, key, { form, raw_payload_id: body.ref.raw_payload_id })?.filter(
    (item) => item !== undefined,
  );

/**
 * The same, with undefined for each element that takes no place in the conversation. The first `skip`
 * elements are left out. The exact text of an item is looked up only where a detail of it counts.
 */
export const readPlaces = (
  json: { readonly value: unknown; readonly text: string },
  key: string,
  source: Omit<ItemSource, 'text'>,
  skip = 0,
): readonly (ModelItem | undefined)[] | undefined => {
  const list = field(json.value, key);
  if (!Array.isArray(list)) return undefined;
  let texts: readonly string[] | undefined;
  const textAt = (index: number): string =>
    (texts ??= elementSlices(json.text, [key]) ?? [])[index] ?? 'null';
  return list
    .slice(skip)
    .map((item, index) => normalizeItem(item, { ...source, text: () => textAt(index + skip) }));
};
