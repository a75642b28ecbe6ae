import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useFilters } from '../use-filters.js';
import { stepOf } from '../use-keys.js';
import { clock, words } from '../format.js';
import { Choice } from '../parts/choice.js';
import { useAnswer, useProgress } from '../use-answer.js';
import { useFocus } from '../use-focus.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

const ROW = 26;
/** Rows that are asked for at once: scrolling asks rarely. */
const PAGE = 50;

/** Every raw event, as the recorder wrote them. */
export const EventsView = () => {
  const { overview, at } = useMoment();
  const { events } = useProgress();
  const { route, go } = useNavigation();
  const { filters, change } = useFilters();
  const filter = filters.events;
  const isAll = filter.type === null && filter.thread === null && filter.status === null;
  const choice = useAnswer('chosenEvents', { ...filter, length: events });
  const chosen = isAll ? undefined : choice?.numbers;
  const count = isAll ? events : (chosen?.length ?? 0);
  const numberAt = (index: number): number => (chosen ? (chosen[index] ?? 0) : index + 1);

  const list = useRef<HTMLDivElement>(null);
  useFocus(list);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    overscan: 20,
  });
  const places = virtual.getVirtualItems();
  const from = Math.floor((places[0]?.index ?? 0) / PAGE) * PAGE;
  const to = Math.min(count, (Math.floor((places.at(-1)?.index ?? 0) / PAGE) + 2) * PAGE);
  const numbers = Array.from({ length: Math.max(0, to - from) }, (_, index) => numberAt(from + index));
  const rows = useAnswer('events', { numbers });
  const byNumber = new Map(rows?.map((row) => [row.number, row]));
  const paths = new Map(overview.threads.map(({ id, path }) => [id, path]));

  const shown = route.event ?? route.at;
  /** The place of a number, or of the one before it. */
  const indexOf = (number: number): number =>
    chosen ? chosen.findLastIndex((each) => each <= number) : number - 1;
  const shownIndex = shown === null ? -1 : indexOf(shown);
  useEffect(() => {
    if (shownIndex >= 0) virtual.scrollToIndex(shownIndex, { align: 'auto' });
  }, [virtual, shownIndex]);
  const pressed = (event: KeyboardEvent): void => {
    const by = stepOf(event);
    if (by === 0 || count === 0) return;
    // The list scrolls to what is shown, not by the key.
    event.preventDefault();
    const index = indexOf(route.event ?? 0) + by;
    go({ event: numberAt(Math.min(count - 1, Math.max(0, index))) }, { quiet: true });
  };
  return (
    <div className="events" onKeyDown={pressed}>
      <div className="tools">
        <Choice
          label="kind"
          all="all kinds"
          value={filter.type}
          options={(choice?.types ?? []).map((type) => [type, words(type)])}
          onChange={(type) => change({ events: { ...filter, type } })}
        />
        <Choice
          label="status"
          all="any status"
          value={filter.status}
          options={(choice?.statuses ?? []).map((status) => [status, words(status)])}
          onChange={(status) => change({ events: { ...filter, status } })}
        />
        <Choice
          label="agent"
          all="all agents"
          value={filter.thread}
          options={overview.threads.map(({ id, path }) => [id, path])}
          onChange={(thread) => change({ events: { ...filter, thread } })}
        />
        <span className="muted">{isAll ? `${events} events` : `${count} of ${events} events`}</span>
      </div>
      <div className="list" ref={list} tabIndex={0} aria-label="events">
        <div
          className="list-whole"
          ref={(element) => element?.style.setProperty('height', `${virtual.getTotalSize()}px`)}
        >
          {places.map((place) => {
            const number = numberAt(place.index);
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
                <span data-type={row?.type}>
                  {words(row?.type ?? '')}
                  {row && row.status !== null && !row.type.endsWith(`_${row.status}`) && (
                    <small className="muted"> {words(row.status)}</small>
                  )}
                </span>
                <span className="muted">{row?.ids.slice(0, 2).join(' · ')}</span>
                <span className="muted">
                  {row?.thread === null || !row ? '' : (paths.get(row.thread) ?? row.thread)}
                </span>
              </button>
            );
          })}
        </div>
      </div>
    </div>
  );
};
