import { clock, duration } from '../../format.js';
import { GUTTER, pixelOf } from './layout.js';
import { AXIS_HEIGHT, type Picture } from './picture.js';

/** Pixels between two marks, at least. */
const APART = 90;

/** Marks of times since the beginning, or numbers of events. */
export const drawAxis = (
  context: CanvasRenderingContext2D,
  { scale, palette, width, height, origin }: Picture,
): void => {
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, width, AXIS_HEIGHT);
  context.strokeStyle = palette.line;
  context.beginPath();
  context.moveTo(0, AXIS_HEIGHT - 0.5);
  context.lineTo(width, AXIS_HEIGHT - 0.5);
  context.stroke();
  context.fillStyle = palette.muted;
  context.fillText(
    scale.axis === 'time' ? `since ${clock(origin).slice(0, 8)}` : 'events',
    10,
    AXIS_HEIGHT / 2,
  );
  const zero = scale.axis === 'time' ? origin : 0;
  const step = niceStep(((scale.to - scale.from) / Math.max(1, scale.width)) * APART, scale.axis === 'time');
  const first = Math.ceil((scale.from - zero) / step) * step + zero;
  for (let value = first; value <= scale.to; value += step) {
    const x = GUTTER + pixelOf(scale, value);
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(x, AXIS_HEIGHT - 6);
    context.lineTo(x, height);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(
      scale.axis === 'time' ? `+${duration(value - zero)}` : String(Math.round(value)),
      x + 4,
      AXIS_HEIGHT / 2,
    );
  }
};

const TIMES = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000,
];

/** The next step up that people count in. */
const niceStep = (least: number, isTime: boolean): number => {
  if (isTime) return TIMES.find((step) => step >= least) ?? least;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
};
