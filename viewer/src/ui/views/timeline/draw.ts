import type { Span } from '../../../views/timeline.js';
import { drawArrows } from './draw-arrows.js';
import { drawAxis } from './draw-axis.js';
import { extentOf, GUTTER, HEAD, pixelOf, ROW, topOf, type PlacedLane } from './layout.js';
import { AXIS_HEIGHT, type Picture } from './picture.js';

/** Draws what is to be seen of the timeline, and nothing else: it costs what the screen holds. */
export const draw = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const { layout, scroll, width, height, palette } = picture;
  context.clearRect(0, 0, width, height);
  context.font = '11px ui-sans-serif, system-ui, sans-serif';
  context.textBaseline = 'middle';
  const visible = layout.lanes.filter(
    ({ top, height: own }) => top + own > scroll && top < scroll + height - AXIS_HEIGHT,
  );
  context.save();
  context.beginPath();
  context.rect(GUTTER, AXIS_HEIGHT, width - GUTTER, height - AXIS_HEIGHT);
  context.clip();
  context.translate(GUTTER, AXIS_HEIGHT - scroll);
  for (const [index, place] of visible.entries()) {
    if (index % 2 === 0) continue;
    context.fillStyle = palette.band;
    context.fillRect(0, place.top, width - GUTTER, place.height);
  }
  // Under the spans, which say more: with many agents there are more arrows than anything else.
  drawArrows(context, picture);
  for (const place of visible) {
    for (const span of place.lane.spans) drawSpan(context, picture, place, span);
  }
  context.restore();
  drawAxis(context, picture);
  drawGutter(context, picture, visible);
};

const drawSpan = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  place: PlacedLane,
  span: Span,
): void => {
  const { scale, now, palette, selected, hovered } = picture;
  const [start, end] = extentOf(span, scale.axis, now);
  if (end < scale.from || start > scale.to) return;
  const left = Math.max(-4, pixelOf(scale, start));
  const right = Math.min(scale.width + 4, Math.max(pixelOf(scale, end), left + 2));
  const isFailed = span.status === 'failed' || span.status === 'aborted' || span.status === 'cancelled';
  const isSelected = selected?.id === span.ref.id && selected.table === span.ref.table;
  const colour = palette.tracks[span.track];
  if (span.track === 'compaction') {
    context.strokeStyle = colour;
    context.setLineDash([4, 3]);
    context.lineWidth = isSelected ? 2.5 : 1.5;
    context.beginPath();
    context.moveTo(left, place.top + HEAD - 4);
    context.lineTo(left, place.top + place.height - 6);
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 1;
    return;
  }
  const top = topOf(place, span) + 1;
  const tall = span.track === 'turn' ? ROW - 8 : ROW - 3;
  context.globalAlpha = span.status === 'running' ? 0.55 : span.track === 'turn' ? 0.5 : 0.92;
  context.fillStyle = colour;
  rounded(context, left, top, right - left, tall);
  context.fill();
  context.globalAlpha = 1;
  if (isFailed) {
    context.fillStyle = palette.bad;
    context.fillRect(left, top, Math.min(4, right - left), tall);
    context.strokeStyle = palette.bad;
    rounded(context, left + 0.5, top + 0.5, Math.max(1, right - left - 1), tall - 1);
    context.stroke();
  }
  if (span.isNested) {
    context.fillStyle = palette.tracks.cell;
    context.fillRect(left, top + tall - 2, right - left, 2);
  }
  if (isSelected || hovered === span) {
    context.strokeStyle = isSelected ? palette.text : palette.muted;
    context.lineWidth = isSelected ? 2 : 1;
    rounded(context, left - 1, top - 1, right - left + 2, tall + 2);
    context.stroke();
    context.lineWidth = 1;
  }
  const shown = Math.max(left, 0);
  const room = right - shown - (isFailed ? 10 : 8);
  if (span.track !== 'turn' && room > 22) {
    context.fillStyle = palette.ink;
    context.fillText(fitted(span.label, room), shown + (isFailed ? 7 : 4), top + tall / 2 + 0.5);
  }
};

/** A guess of the width that is good enough to cut a label: to measure each is slow. */
const PER_LETTER = 5.8;
const fitted = (label: string, room: number): string => {
  const most = Math.floor(room / PER_LETTER);
  return label.length <= most ? label : `${label.slice(0, Math.max(1, most - 1))}…`;
};

const rounded = (
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void => {
  context.beginPath();
  context.roundRect(x, y, Math.max(width, 0.5), height, Math.min(3, width / 2));
};

const drawGutter = (
  context: CanvasRenderingContext2D,
  { height, palette, scroll }: Picture,
  visible: readonly PlacedLane[],
): void => {
  context.save();
  context.fillStyle = palette.panel;
  context.fillRect(0, AXIS_HEIGHT, GUTTER, height);
  context.strokeStyle = palette.line;
  context.beginPath();
  context.moveTo(GUTTER - 0.5, 0);
  context.lineTo(GUTTER - 0.5, height);
  context.stroke();
  context.beginPath();
  context.rect(0, AXIS_HEIGHT, GUTTER - 8, height);
  context.clip();
  for (const { lane, row, top, tracks, height: own } of visible) {
    const y = top - scroll + AXIS_HEIGHT;
    context.strokeStyle = palette.line;
    context.strokeRect(-1, Math.round(y) + 0.5, GUTTER + 2, own);
    context.fillStyle = palette.text;
    context.font = '600 12px ui-sans-serif, system-ui, sans-serif';
    const indent = 10 + (row?.depth ?? 0) * 10;
    const name = row ? (row.depth === 0 ? row.path : (row.path.split('/').at(-1) ?? row.path)) : lane.thread;
    context.fillText(fitted(name, GUTTER - indent - 12), indent, y + HEAD / 2 + 2);
    context.font = '10.5px ui-sans-serif, system-ui, sans-serif';
    context.fillStyle = palette.muted;
    for (const track of ['turn', 'inference', 'tool', 'cell', 'terminal'] as const) {
      if (lane.rows[track] === 0) continue;
      context.textAlign = 'right';
      context.fillText(
        track === 'cell' ? 'code cells' : `${track}s`.replace('inferences', 'requests'),
        GUTTER - 14,
        tracks[track] - scroll + AXIS_HEIGHT + ROW / 2,
      );
      context.textAlign = 'left';
    }
  }
  context.restore();
};
