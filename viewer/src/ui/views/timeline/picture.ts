import type { ObjectRef } from 'rollout-trace';
import type { Span, Timeline } from '../../../views/timeline.js';
import type { Layout, Scale } from './layout.js';
import type { Palette } from './palette.js';

export const AXIS_HEIGHT = 26;

export interface Picture {
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly scale: Scale;
  /** Where the axis ends for what has no end yet. */
  readonly now: number;
  /** Pixels that are scrolled away above. */
  readonly scroll: number;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly selected: ObjectRef | null;
  readonly hovered: Span | undefined;
  readonly origin: number;
}
