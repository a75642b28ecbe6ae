/**
 * Values of a host that is written in JavaScript, as readers want them where they stand. All throw a TypeError that
 * names the field.
 */
export const textIn = (field: string, value: string): string => {
  if (typeof value !== 'string') throw new TypeError(`${field} is no string`);
  return value;
};

export const textsIn = (field: string, values: readonly string[]): readonly string[] => {
  if (!Array.isArray(values)) throw new TypeError(`${field} is no list`);
  for (const value of values) textIn(`one of ${field}`, value);
  return values;
};

export const itemsIn = <Item>(field: string, items: readonly Item[]): readonly Item[] => {
  if (!Array.isArray(items)) throw new TypeError(`${field} is no list`);
  if (!items.every(isItem)) throw new TypeError(`${field} has something that is no item: an item has a type`);
  return items;
};

const isItem = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'type' in item && typeof item.type === 'string';

/** Anything but what JSON leaves out. */
export const valueIn = (field: string, value: unknown): unknown => {
  if (['undefined', 'symbol', 'function'].includes(typeof value)) {
    throw new TypeError(`${field} is no value of JSON`);
  }
  return value;
};
