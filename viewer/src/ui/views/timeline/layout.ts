import {
  tracks,
  type Arrow,
  type Lane,
  type Span,
  type Timeline,
  type Track,
} from '../../../views/timeline.js';
import type { ThreadRow } from '../../../views/overview.js';
import type { Axis } from '../../filters.js';

/** Pixels. */
export const ROW = 18;
export const HEAD = 22;
export const GUTTER = 176;
const LANE_GAP = 10;
const TRACK_GAP = 3;

/** A lane with its place, in pixels from the top of all lanes. */
export interface PlacedLane {
  readonly lane: Lane;
  readonly row: ThreadRow | undefined;
  readonly top: number;
  readonly height: number;
  /** Where each track begins, from the top of all lanes. */
  readonly tracks: Readonly<Record<Track, number>>;
}

export interface Layout {
  readonly lanes: readonly PlacedLane[];
  readonly height: number;
}

/** Lanes in the order of the agents, each as high as what happened in it at once. */
export const layoutOf = ({ lanes }: Timeline, threads: readonly ThreadRow[]): Layout => {
  const byThread = new Map(lanes.map((lane) => [lane.thread, lane]));
  const known = threads.flatMap((row) => {
    const lane = byThread.get(row.id);
    return lane ? [{ lane, row }] : [];
  });
  const named = new Set(threads.map(({ id }) => id));
  const others = lanes.filter(({ thread }) => !named.has(thread)).map((lane) => ({ lane, row: undefined }));
  let top = 0;
  const placed = [...known, ...others].map(({ lane, row }): PlacedLane => {
    const starts = { turn: 0, inference: 0, tool: 0, cell: 0, terminal: 0, compaction: 0 };
    let y = top + HEAD;
    for (const track of tracks) {
      starts[track] = y;
      // A compaction is drawn across the whole lane.
      if (track !== 'compaction' && lane.rows[track] > 0) y += lane.rows[track] * ROW + TRACK_GAP;
    }
    const height = Math.max(HEAD + ROW, y - top) + LANE_GAP;
    const place = { lane, row, top, height, tracks: starts };
    top += height;
    return place;
  });
  return { lanes: placed, height: top };
};

/** A part of the axis, and the pixels that show it. */
export interface Scale {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export const pixelOf = ({ from, to, width }: Scale, value: number): number =>
  to === from ? 0 : ((value - from) / (to - from)) * width;

/** Where a span begins and ends on the axis; what has no end yet goes on to `now`. */
export const extentOf = (span: Span | Arrow, axis: Axis, now: number): readonly [number, number] =>
  axis === 'time' ? [span.started, span.ended ?? now] : [span.first, span.last === 0 ? now : span.last];

export const topOf = (place: PlacedLane, span: Span): number => place.tracks[span.track] + span.row * ROW;

/** The span at a point; of several the shortest. `y` is counted from the top of all lanes. */
export const spanAt = (layout: Layout, scale: Scale, now: number, x: number, y: number): Span | undefined => {
  const place = layout.lanes.find(({ top, height }) => y >= top && y < top + height);
  let best: Span | undefined;
  let bestLength = Infinity;
  for (const span of place?.lane.spans ?? []) {
    if (!place || span.track === 'compaction') continue;
    const top = topOf(place, span);
    if (y < top || y >= top + ROW) continue;
    const [start, end] = extentOf(span, scale.axis, now);
    const [left, right] = [pixelOf(scale, start), pixelOf(scale, end)];
    if (x < left - 3 || x > Math.max(right, left + 3) + 1 || right - left >= bestLength) continue;
    best = span;
    bestLength = right - left;
  }
  return (
    best ??
    place?.lane.spans.find((span) => {
      const [start] = extentOf(span, scale.axis, now);
      return span.track === 'compaction' && Math.abs(pixelOf(scale, start) - x) < 5;
    })
  );
};
