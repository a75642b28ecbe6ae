const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const SPACE = 0x20;

/** Where the items of a request stand in its bytes. */
export interface RequestLayout {
  /** Offset behind the bracket that opens the list. */
  readonly listStart: number;
  /** Offset behind each item. */
  readonly itemEnds: readonly number[];
  /** Offset of the bracket that closes the list. */
  readonly listEnd: number;
}

/**
 * Finds the list `input` in the bytes of a request that is valid JSON. Undefined for a request whose
 * bytes alone do not say what its list is: an incremental one, a repeated or escaped key, no list.
 */
export const requestLayout = (bytes: Uint8Array): RequestLayout | undefined => {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) return undefined;
  let layout: RequestLayout | undefined;
  at = skipSpace(bytes, at + 1);
  while (bytes[at] === QUOTE) {
    const keyEnd = skipString(bytes, at);
    const key = bytes.subarray(at + 1, keyEnd - 1);
    const value = skipSpace(bytes, skipSpace(bytes, keyEnd) + 1);
    if (key.includes(BACKSLASH) || isKey(key, 'previous_response_id')) return undefined;
    if (isKey(key, 'input')) {
      if (layout || bytes[value] !== OPEN_BRACKET) return undefined;
      layout = listLayout(bytes, value + 1, []);
      if (!layout) return undefined;
      at = layout.listEnd + 1;
    } else {
      at = skipValue(bytes, value);
    }
    at = skipSpace(bytes, at);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return layout;
};

/**
 * Goes on through a list behind the items that are known. Undefined where an element is no object or
 * the list does not end; what the elements hold is not checked.
 */
export const listLayout = (
  bytes: Uint8Array,
  listStart: number,
  known: readonly number[],
): RequestLayout | undefined => {
  const itemEnds = [...known];
  let at = skipSpace(bytes, known.at(-1) ?? listStart);
  let needsComma = known.length > 0;
  while (bytes[at] !== CLOSE_BRACKET) {
    if (needsComma) {
      if (bytes[at] !== COMMA) return undefined;
      at = skipSpace(bytes, at + 1);
    }
    if (bytes[at] !== OPEN_BRACE) return undefined;
    at = skipValue(bytes, at);
    itemEnds.push(at);
    at = skipSpace(bytes, at);
    needsComma = true;
  }
  return { listStart, itemEnds, listEnd: at };
};

const isKey = (bytes: Uint8Array, key: string): boolean =>
  bytes.length === key.length && bytes.every((byte, index) => byte === key.charCodeAt(index));

const skipSpace = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= SPACE) at += 1;
  return at;
};

/** Offset behind the string that starts at `from`; strings are most of a request, so the search is native. */
const skipString = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (;;) {
    at = bytes.indexOf(QUOTE, at + 1);
    if (at === -1) return bytes.length;
    let slashes = 0;
    while (bytes[at - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
};

/** Offset behind the value that starts at `from`. */
const skipValue = (bytes: Uint8Array, from: number): number => {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte === COLON || (byte ?? 0) <= SPACE)) return at;
    at += 1;
  }
  return at;
};
