/** Says what stands in a place instead of a text; undefined leaves it. */
type Replace = (place: number, key: string) => string | undefined;

/**
 * JSON text with other texts in it: each value and each key is a place, by its number, and so are those of JSON
 * that stands in a text.
 */
export const withOther = (json: string, replace: Replace): string => {
  let places = 0;
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      const other = replace(places++, key);
      if (other !== undefined) return other;
      const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
      return inner === undefined ? value : JSON.stringify(walk(inner, key));
    }
    if (Array.isArray(value)) return value.map((entry) => walk(entry, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [replace(places++, '') ?? name, walk(entry, name)]),
    );
  };
  const value = parsed(json);
  return value === undefined ? json : JSON.stringify(walk(value, ''));
};

/** The number of places in JSON text. */
export const placesIn = (json: string): number => {
  let count = 0;
  withOther(json, () => void (count += 1));
  return count;
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
