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

/** The part of an axis that is shown: all of it, and all that comes, until somebody zooms. */
export const useViewport = (axis: Axis, start: number, end: number): Viewport => {
  const [part, setPart] = useState<{ axis: Axis; from: number; to: number } | null>(null);
  const shown = part?.axis === axis ? part : null;
  const margin = (end - start) * 0.01;
  const from = shown?.from ?? start - margin;
  const to = shown?.to ?? end + margin;
  const least = axis === 'time' ? 5 : 4;

  const zoom = useCallback(
    (factor: number, around = (from + to) / 2) => {
      const length = Math.max(least, (to - from) * factor);
      if (length >= (end - start) * 1.02) return setPart(null);
      const share = (around - from) / (to - from);
      const next = Math.min(Math.max(around - share * length, start - length * 0.2), end - length * 0.8);
      setPart({ axis, from: next, to: next + length });
    },
    [axis, from, to, start, end, least],
  );
  const pan = useCallback(
    (share: number) => {
      const length = to - from;
      const next = Math.min(Math.max(from + share * length, start - length * 0.2), end - length * 0.8);
      setPart({ axis, from: next, to: next + length });
    },
    [axis, from, to, start, end],
  );
  const whole = useCallback(() => setPart(null), []);
  return useMemo(() => ({ from, to, zoom, pan, whole }), [from, to, zoom, pan, whole]);
};
