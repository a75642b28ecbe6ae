import { useEffect, useMemo, useRef, useState } from 'react';
import type { Span } from '../../views/timeline.js';
import { filtered, leavesOut } from '../../views/timeline-filter.js';
import type { Axis } from '../filters.js';
import { useFilters } from '../use-filters.js';
import { useAnswer, useProgress } from '../use-answer.js';
import { stepOf } from '../use-keys.js';
import { useFocus } from '../use-focus.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';
import { draw } from './timeline/draw.js';
import { extentOf, GUTTER, layoutOf, spanAt, type Scale } from './timeline/layout.js';
import { Hint } from './timeline/hint.js';
import { TimelineTools } from './timeline/timeline-tools.js';
import { readPalette } from './timeline/palette.js';
import { AXIS_HEIGHT } from './timeline/picture.js';
import { useSize } from './timeline/use-size.js';
import { useViewport } from './timeline/use-viewport.js';

/** Pixels from which a click is a drag. */
const DRAG = 4;
const EMPTY = { lanes: [], arrows: [] };

/** All agents over time: what they did, and what went between them. */
export const TimelineView = () => {
  const { at, overview } = useMoment();
  const { events } = useProgress();
  const { route, select } = useNavigation();
  const { filters, change } = useFilters();
  const whole = useAnswer('timeline', { at });
  const timeline = useMemo(() => filtered(whole ?? EMPTY, filters.timeline), [whole, filters.timeline]);
  const { axis } = filters.timeline;
  const otherAxis: Axis = axis === 'time' ? 'events' : 'time';
  const turnAxis = (): void => change({ timeline: { ...filters.timeline, axis: otherAxis, range: null } });
  const [scroll, setScroll] = useState(0);
  const [hover, setHover] = useState<{ span: Span; x: number; y: number } | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useFocus(canvas);
  /** Pixels that the mouse went with its button down: the end of a drag is a click as well. */
  const dragged = useRef(0);
  const size = useSize(frame);
  const layout = useMemo(() => layoutOf(timeline, overview.threads), [timeline, overview.threads]);
  const [start, end] =
    axis === 'time'
      ? [overview.started, Math.max(overview.latest, overview.started + 1)]
      : [0, Math.max(events, 1)];
  const now = axis === 'time' ? overview.latest : at;
  // An earlier moment ends before the session does: it leaves a part that is behind it where it is.
  const limit = at < events ? Infinity : end;
  const view = useViewport({ start, end, limit, least: axis === 'time' ? 5 : 4 });
  const scale: Scale = { axis, from: view.from, to: view.to, width: Math.max(1, size.width - GUTTER) };
  const most = Math.max(0, layout.height - size.height + AXIS_HEIGHT + 8);
  const top = Math.min(scroll, most);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || size.width === 0) return undefined;
    const element = canvas.current;
    const paint = requestAnimationFrame(() => {
      const ratio = devicePixelRatio;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, {
        timeline,
        layout,
        scale,
        now,
        scroll: top,
        ...size,
        palette: readPalette(element),
        selected: route.selected,
        hovered: hover?.span,
        origin: overview.started,
      });
    });
    return () => cancelAnimationFrame(paint);
  });

  // A wheel that zooms must not scroll the page: React listens too passively for that.
  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const x = event.offsetX - GUTTER;
        view.zoom(Math.exp(event.deltaY / 300), view.from + (x / scale.width) * (view.to - view.from));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        view.pan((event.deltaX || event.deltaY) / scale.width);
      } else setScroll(Math.min(most, Math.max(0, top + event.deltaY)));
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [view, scale.width, most, top]);

  const spanUnder = (event: { readonly nativeEvent: MouseEvent }): Span | undefined => {
    const { offsetX, offsetY } = event.nativeEvent;
    if (offsetX < GUTTER || offsetY < AXIS_HEIGHT) return undefined;
    return spanAt(layout, scale, now, offsetX - GUTTER, offsetY - AXIS_HEIGHT + top);
  };
  const neighbour = (by: number): void => {
    const own = layout.lanes.find(({ lane }) => lane.spans.some(({ ref }) => ref.id === route.selected?.id));
    const spans = (own ?? layout.lanes[0])?.lane.spans ?? [];
    const index = spans.findIndex(({ ref }) => ref.id === route.selected?.id);
    const next = spans[index === -1 ? 0 : index + by];
    if (!next) return;
    select(next.ref);
    const [from, to] = extentOf(next, axis, now);
    if (from < view.from || to > view.to)
      view.pan(((from + to) / 2 - (view.from + view.to) / 2) / (view.to - view.from));
  };
  const pressed = (event: React.KeyboardEvent): void => {
    const actions: Readonly<Record<string, () => void>> = {
      '+': () => view.zoom(1 / 1.4),
      '=': () => view.zoom(1 / 1.4),
      w: () => view.zoom(1 / 1.4),
      '-': () => view.zoom(1.4),
      s: () => view.zoom(1.4),
      a: () => view.pan(-0.15),
      d: () => view.pan(0.15),
      '0': view.whole,
      x: turnAxis,
    };
    const by = stepOf(event);
    const action =
      by !== 0 ? () => neighbour(by) : event.ctrlKey || event.metaKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <div className="timeline">
      <TimelineTools>
        <button aria-pressed={axis === 'events'} onClick={turnAxis}>
          {axis === 'time' ? 'by time' : 'by events'} <kbd>x</kbd>
        </button>
        <button onClick={() => view.zoom(1 / 1.6)} aria-label="zoom in">
          +
        </button>
        <button onClick={() => view.zoom(1.6)} aria-label="zoom out">
          −
        </button>
        <button onClick={view.whole} title="the whole session (0)">
          all
        </button>
      </TimelineTools>
      <div className="canvas-frame" ref={frame}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="application"
          aria-label={`timeline of ${layout.lanes.length} agents; j and k go from one to the next`}
          onKeyDown={pressed}
          onMouseDown={() => (dragged.current = 0)}
          onMouseMove={(event) => {
            const span = spanUnder(event);
            if (event.buttons === 1) {
              dragged.current += Math.abs(event.movementX);
              view.pan(-event.movementX / scale.width);
            }
            setHover(span ? { span, x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY } : null);
          }}
          onMouseLeave={() => setHover(null)}
          onClick={(event) => {
            const span = spanUnder(event);
            if (span && dragged.current < DRAG) select(span.ref);
          }}
        />
        {whole && timeline.lanes.every(({ spans }) => spans.length === 0) && (
          <p className="empty canvas-empty">
            {leavesOut(filters.timeline) ? 'The filters leave nothing.' : 'Nothing has happened yet.'}
          </p>
        )}
        {hover && <Hint {...hover} width={size.width} height={size.height} />}
      </div>
    </div>
  );
};
