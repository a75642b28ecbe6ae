import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { clock, words } from '../format.js';
import { useAnswer, useProgress } from '../use-answer.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

const ROW = 26;

/** Every raw event, as the recorder wrote them. */
export const EventsView = () => {
  const { overview, at } = useMoment();
  const { events } = useProgress();
  const { route, go } = useNavigation();
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    overscan: 20,
  });
  const places = virtual.getVirtualItems();
  const from = Math.floor(((places[0]?.index ?? 0) + 1) / 50) * 50;
  const to = Math.ceil(((places.at(-1)?.index ?? 0) + 1) / 50) * 50 + 50;
  const rows = useAnswer('events', { from, to });
  const byNumber = new Map(rows?.map((row) => [row.number, row]));
  const paths = new Map(overview.threads.map(({ id, path }) => [id, path]));
  const shown = route.event ?? route.at;
  useEffect(() => {
    if (shown !== null && shown > 0) virtual.scrollToIndex(shown - 1, { align: 'auto' });
  }, [virtual, shown]);
  const pressed = (event: KeyboardEvent): void => {
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (by !== 0) go({ event: Math.min(events, Math.max(1, (route.event ?? 0) + by)) }, { quiet: true });
  };
  return (
    <div className="list events" ref={list} tabIndex={0} autoFocus onKeyDown={pressed} aria-label="events">
      <div
        className="list-whole"
        ref={(element) => element?.style.setProperty('height', `${virtual.getTotalSize()}px`)}
      >
        {places.map((place) => {
          const number = place.index + 1;
          const row = byNumber.get(number);
          return (
            <button
              key={number}
              className="list-row event-row"
              aria-current={route.event === number || undefined}
              data-future={number > at}
              ref={(element) => element?.style.setProperty('transform', `translateY(${place.start}px)`)}
              onClick={() => go({ event: number })}
            >
              <b>{number}</b>
              <span className="muted">{clock(row?.time ?? null)}</span>
              <span data-type={row?.type}>{words(row?.type ?? '')}</span>
              <span className="muted">{row?.ids.slice(0, 2).join(' · ')}</span>
              <span className="muted">
                {row?.thread === null || !row ? '' : (paths.get(row.thread) ?? row.thread)}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
};
