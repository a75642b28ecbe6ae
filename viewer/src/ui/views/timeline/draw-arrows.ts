import { extentOf, HEAD, pixelOf, type PlacedLane } from './layout.js';
import type { Picture } from './picture.js';

/** Beyond it arrows are a pattern in the background. */
const MANY = 16;

/** What went from one agent to another: from lane to lane, from when it left to when it arrived. */
export const drawArrows = (
  context: CanvasRenderingContext2D,
  { timeline, layout, scale, now, palette, selected }: Picture,
): void => {
  const places = new Map(layout.lanes.map((place) => [place.lane.thread, place]));
  const strength = timeline.arrows.length > MANY ? 0.35 : 0.75;
  for (const arrow of timeline.arrows) {
    const [from, to] = [places.get(arrow.from), places.get(arrow.to)];
    if (!from || !to) continue;
    const [start, end] = extentOf(arrow, scale.axis, now);
    if (end < scale.from || start > scale.to) continue;
    const isSelected = selected?.id === arrow.ref.id;
    const isBack = arrow.kind === 'agent_result' || arrow.kind === 'close_agent';
    const [x1, x2] = [pixelOf(scale, start), pixelOf(scale, end)];
    const [y1, y2] = edgesOf(from, to);
    context.strokeStyle = isSelected ? palette.text : palette.accent;
    context.fillStyle = context.strokeStyle;
    context.globalAlpha = isSelected ? 1 : strength;
    context.lineWidth = isSelected ? 2.5 : 1.5;
    context.setLineDash(isBack ? [5, 3] : []);
    context.beginPath();
    context.moveTo(x1, y1);
    const bend = Math.max(16, Math.abs(y2 - y1) / 2);
    context.bezierCurveTo(x1, y1 + Math.sign(y2 - y1) * bend, x2, y2 - Math.sign(y2 - y1) * bend, x2, y2);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    const tip = Math.sign(y2 - y1) * 7;
    context.moveTo(x2, y2);
    context.lineTo(x2 - 4, y2 - tip);
    context.lineTo(x2 + 4, y2 - tip);
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1;
  }
};

/** From the near edge of one lane to that of the other. */
const edgesOf = (from: PlacedLane, to: PlacedLane): readonly [number, number] =>
  from.top <= to.top
    ? [from.top + from.height - 10, to.top + HEAD - 4]
    : [from.top + HEAD - 4, to.top + to.height - 10];
