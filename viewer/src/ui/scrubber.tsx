import { useMemo } from 'react';
import { clock, duration, words } from './format.js';
import { MilestoneMenu } from './milestone-menu.js';
import { useAnswer, useProgress } from './use-answer.js';
import type { Milestones } from './use-milestones.js';
import { useMoment } from './use-moment.js';
import { useNavigation } from './use-route.js';

/** Marks that can be told apart. */
const MOST_MARKS = 200;

/** A slider over the raw events: the session as it stood after any of them. */
export const Scrubber = ({ jump, said }: Milestones) => {
  const { at, overview } = useMoment();
  const { route, go } = useNavigation();
  const { events } = useProgress();
  const [event] = useAnswer('events', at === 0 ? null : { numbers: [at] }) ?? [];
  const later = useAnswer('overview', route.at === null ? null : { at: events });
  const whole = route.at === null ? overview : later;
  const marks = useMemo(
    () => [...new Set(whole?.failures.map((failure) => failure.event))].slice(0, MOST_MARKS),
    [whole],
  );
  const move = (number: number): void =>
    go({ at: number >= events ? null : Math.max(0, number) }, { quiet: true });
  return (
    <footer className="scrubber">
      <div className="scrubber-buttons">
        <button onClick={() => move(at - 1)} aria-label="one event back" disabled={at === 0}>
          ‹
        </button>
        <button onClick={() => move(at + 1)} aria-label="one event on" disabled={at >= events}>
          ›
        </button>
        <button
          onClick={() => void jump('failure', 'next')}
          title="the next event that says of a failure (f)"
        >
          next failure
        </button>
        <MilestoneMenu jump={jump} />
        <span className="said" role="status">
          {said}
        </span>
        <button
          className="now"
          aria-pressed={route.at === null}
          onClick={() => go({ at: null }, { quiet: true })}
        >
          {overview.status === 'running' ? 'live' : 'end'}
        </button>
      </div>
      <div className="scrubber-track">
        <input
          type="range"
          aria-label="event"
          aria-valuetext={`event ${at} of ${events}`}
          min={0}
          max={events}
          value={at}
          onChange={({ target }) => move(Number(target.value))}
          onKeyDown={(pressed) => {
            // The page itself steps by events.
            if (/^Arrow|^Home$|^End$/.test(pressed.key)) pressed.preventDefault();
          }}
        />
        <div className="marks" aria-hidden="true">
          {marks.map((number) => (
            <i
              key={number}
              ref={(mark) => mark?.style.setProperty('left', `${(100 * number) / Math.max(1, events)}%`)}
            />
          ))}
        </div>
      </div>
      <button
        className="scrubber-event"
        onClick={() => at > 0 && go({ event: at })}
        title="show the raw event"
      >
        <b>
          {at} / {events}
        </b>
        {event && at > 0 ? (
          <>
            <span>{words(event.type)}</span>
            <span className="muted">
              {clock(event.time)}
              {event.time !== null && ` · +${duration(event.time - overview.started)}`}
            </span>
          </>
        ) : (
          <span className="muted">before the first event</span>
        )}
      </button>
    </footer>
  );
};
