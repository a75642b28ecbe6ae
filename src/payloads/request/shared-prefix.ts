import type { CommonLength } from '../../json/common-length.js';
import { listLayout, type RequestLayout } from './layout.js';

/** A request as it lies in its file, kept to compare the next one of its thread with it. */
export class RequestBytes {
  // A class: what a projection keeps must not be frozen through and through, and bytes cannot be.
  readonly bytes: Uint8Array;
  readonly layout: RequestLayout;

  constructor(bytes: Uint8Array, layout: RequestLayout) {
    this.bytes = bytes;
    this.layout = layout;
  }
}

/** The next request of a thread, as far as it differs from the one before. */
export interface SharedPrefix {
  /** Items that are the same, byte for byte. */
  readonly count: number;
  /** The bytes behind them, up to the bracket that closes the list: a comma first, if there are more items. */
  readonly rest: Uint8Array;
  readonly next: RequestBytes;
}

/**
 * What a request shares with the previous one. A request repeats the history of its thread, so nearly
 * all of it has been read before. Undefined where anything but the end of the list differs: then the
 * request is read as a whole. At most `limit` items are shared.
 */
export const sharedPrefix = (
  previous: RequestBytes,
  bytes: Uint8Array,
  limit: number,
  commonLength: CommonLength,
): SharedPrefix | undefined => {
  const { listStart, itemEnds, listEnd } = previous.layout;
  const equal = commonLength(previous.bytes, bytes);
  const count = Math.min(limit, countUpTo(itemEnds, equal));
  if (count === 0) return undefined;
  const layout = listLayout(bytes, listStart, itemEnds.slice(0, count));
  if (!layout) return undefined;
  const before = previous.bytes.subarray(listEnd);
  const after = bytes.subarray(layout.listEnd);
  if (before.length !== after.length || commonLength(before, after) !== after.length) return undefined;
  const rest = bytes.subarray(itemEnds[count - 1], layout.listEnd);
  return { count, rest, next: new RequestBytes(bytes, layout) };
};

/** How many ascending numbers are at most `bound`. */
const countUpTo = (ascending: readonly number[], bound: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
};
