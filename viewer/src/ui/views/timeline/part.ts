import type { AxisRange } from '../../filters.js';

/** What there is of an axis. */
export interface Extent {
  readonly start: number;
  /** Where the moment that is shown ends. */
  readonly end: number;
  /** Behind this there is nothing, whatever moment is shown. */
  readonly limit: number;
  /** The shortest part that is shown. */
  readonly least: number;
}

/** What is shown of it. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** How much longer than all of it a part may be: that is room on both sides. */
const ROOM = 1.02;

export const wholePart = ({ start, end }: Extent): Part => {
  const margin = ((end - start) * (ROOM - 1)) / 2;
  return { from: start - margin, to: end + margin };
};

/** A part so much longer, around a point that stays; null where that is all. */
export const zoomed = (extent: Extent, part: Part, factor: number, around?: number): Part | null => {
  const { start, end, least } = extent;
  const centre = around ?? (part.from + part.to) / 2;
  const length = Math.max(least, (part.to - part.from) * factor);
  if (length >= (end - start) * ROOM) return null;
  const share = (centre - part.from) / (part.to - part.from);
  return placed(extent, centre - share * length, length);
};

/** A part moved by a share of its length. */
export const panned = (extent: Extent, { from, to }: Part, share: number): Part =>
  placed(extent, from + share * (to - from), to - from);

const placed = ({ start, end }: Extent, from: number, length: number): Part => {
  const next = Math.min(Math.max(from, start - length * 0.2), end - length * 0.8);
  return { from: next, to: next + length };
};

/** The part that an address names; null where that shows nothing, or all and more. */
export const partOf = ({ start, limit, least }: Extent, range: AxisRange | null): Part | null => {
  if (range === null) return null;
  const [from, to] = [start + range[0], start + range[1]];
  const length = to - from;
  // What was rounded on its way may be a thousandth shorter or longer.
  const isSound = Math.round(length) >= least && length < (limit - start) * ROOM + 0.01;
  return isSound && to > start && from < limit ? { from, to } : null;
};

/** A part as an address names it: to a thousandth, which nobody sees. */
export const rangeOf = ({ start }: Extent, { from, to }: Part): AxisRange => [
  Number((from - start).toFixed(3)),
  Number((to - start).toFixed(3)),
];
