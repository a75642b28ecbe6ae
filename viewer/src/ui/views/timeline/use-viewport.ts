import { useCallback, useMemo, useState } from 'react';
import type { Axis } from '../../filters.js';

export interface Viewport {
  readonly from: number;
  readonly to: number;
  /** Makes what is shown so much longer, around a point that stays. */
  zoom(factor: number, around?: number): void;
  /** Moves by a share of what is shown. */
  pan(share: number): void;
  whole(): void;
}

interface Part {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
}

/** The part of an axis that is shown: all of it, and all that comes, until somebody zooms. */
export const useViewport = (axis: Axis, start: number, end: number): Viewport => {
  const [part, setPart] = useState<Part | null>(null);
  const shown = part?.axis === axis ? part : null;
  const margin = (end - start) * 0.01;
  const all = useMemo(() => ({ axis, from: start - margin, to: end + margin }), [axis, start, end, margin]);
  const { from, to } = shown ?? all;
  const least = axis === 'time' ? 5 : 4;

  // What moves it may come faster than it is drawn: each step begins where the one before it ended.
  const change = useCallback(
    (next: (shown: Part) => Part | null) => setPart((before) => next(before?.axis === axis ? before : all)),
    [axis, all],
  );
  const zoom = useCallback(
    (factor: number, around?: number) =>
      change((before) => {
        const centre = around ?? (before.from + before.to) / 2;
        const length = Math.max(least, (before.to - before.from) * factor);
        if (length >= (end - start) * 1.02) return null;
        const share = (centre - before.from) / (before.to - before.from);
        const next = Math.min(Math.max(centre - share * length, start - length * 0.2), end - length * 0.8);
        return { axis, from: next, to: next + length };
      }),
    [axis, change, start, end, least],
  );
  const pan = useCallback(
    (share: number) =>
      change((before) => {
        const length = before.to - before.from;
        const moved = before.from + share * length;
        const next = Math.min(Math.max(moved, start - length * 0.2), end - length * 0.8);
        return { axis, from: next, to: next + length };
      }),
    [axis, change, start, end],
  );
  const whole = useCallback(() => setPart(null), []);
  return useMemo(() => ({ from, to, zoom, pan, whole }), [from, to, zoom, pan, whole]);
};
