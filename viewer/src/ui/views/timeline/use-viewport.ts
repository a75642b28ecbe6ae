import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AxisRange } from '../../filters.js';
import { useFilters } from '../../use-filters.js';
import { panned, partOf, rangeOf, wholePart, zoomed, type Extent, type Part } from './part.js';

export interface Viewport extends Part {
  /** Makes what is shown so much longer, around a point that stays. */
  zoom(factor: number, around?: number): void;
  /** Moves by a share of what is shown. */
  pan(share: number): void;
  whole(): void;
}

/** Milliseconds that it rests before the address says it: browsers take few changes of an address in a second. */
const SETTLED_MS = 150;

/** A part that the address does not say yet. It counts as long as that says what it said when the moving began. */
interface Moving {
  readonly since: string;
  /** Null for all. */
  readonly part: Part | null;
}

/** The part of the axis that is shown, as the address has it: all of it, and all that comes, until somebody zooms. */
export const useViewport = ({ start, end, limit, least }: Extent): Viewport => {
  const { filters, change } = useFilters();
  const { axis, range } = filters.timeline;
  const since = `${axis} ${range}`;
  const [moving, setMoving] = useState<Moving | null>(null);
  const extent = useMemo((): Extent => ({ start, end, limit, least }), [start, end, limit, least]);
  const said = useMemo(() => partOf(extent, range), [extent, range]);
  const part = moving?.since === since ? moving.part : said;
  const { from, to } = part ?? wholePart(extent);

  const say = useCallback(
    (next: AxisRange | null) => change({ timeline: { ...filters.timeline, range: next } }),
    [filters, change],
  );
  useEffect(() => {
    if (!moving) return undefined;
    const settle = (): void => {
      setMoving(null);
      if (moving.since === since) say(moving.part && rangeOf(extent, moving.part));
    };
    const timer = setTimeout(settle, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moving, since, extent, say]);

  // What moves it may come faster than it is drawn: each step begins where the one before it ended.
  const move = useCallback(
    (next: (shown: Part) => Part | null) =>
      setMoving((before) => {
        const shown = before?.since === since ? before.part : said;
        return { since, part: next(shown ?? wholePart(extent)) };
      }),
    [since, said, extent],
  );
  return useMemo(
    () => ({
      from,
      to,
      zoom: (factor, around) => move((shown) => zoomed(extent, shown, factor, around)),
      pan: (share) => move((shown) => panned(extent, shown, share)),
      whole: () => move(() => null),
    }),
    [from, to, move, extent],
  );
};
