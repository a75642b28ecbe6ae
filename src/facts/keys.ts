/** A key of several ids that no other ids can imitate. */
export const keyOf = (...ids: readonly string[]): string => ids.map((id) => `${id.length}:${id}`).join('');

/** Adds to the list at a key. */
export const pushTo = <Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

/** Sets a value in the inner map at a key. */
export const setIn = <Outer, Inner, Value>(
  maps: Map<Outer, Map<Inner, Value>>,
  outer: Outer,
  inner: Inner,
  value: Value,
): void => {
  const map = maps.get(outer);
  if (map) map.set(inner, value);
  else maps.set(outer, new Map([[inner, value]]));
};
