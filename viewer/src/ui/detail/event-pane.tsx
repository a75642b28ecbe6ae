import { clock, words } from '../format.js';
import { indented } from '../indented.js';
import { Code } from '../parts/code.js';
import { useAnswer, useProgress } from '../use-answer.js';
import { useNavigation } from '../use-route.js';
import { EventObjects } from './event-objects.js';
import { PayloadText } from './payload-text.js';

/** One raw event: its line of the log, what it is about, and the payloads that it names. */
export const EventPane = ({ number }: { readonly number: number }) => {
  const { go } = useNavigation();
  const { events } = useProgress();
  const event = useAnswer('event', { number });
  if (!event) return <section className="detail" aria-label="detail" />;
  return (
    <section className="detail" aria-label="detail">
      <header className="detail-head">
        <div className="detail-title">
          <span className="table-badge">event {event.number}</span>
          <h2>{words(event.type)}</h2>
          <button onClick={() => go({ event: null })} aria-label="close" className="close">
            ×
          </button>
        </div>
        <p className="detail-subtitle">
          seq {event.seq} · {clock(event.time)}
        </p>
        <div className="payload-tools">
          <button disabled={number <= 1} onClick={() => go({ event: number - 1 })}>
            ‹ before
          </button>
          <button disabled={number >= events} onClick={() => go({ event: number + 1 })}>
            next ›
          </button>
          <button onClick={() => go({ at: number })}>the session at this event</button>
        </div>
      </header>
      <div className="detail-body">
        <EventObjects ids={event.ids} />
        <section className="block">
          <h3>the line of the log</h3>
          <Code text={indented(event.text)} language="json" />
        </section>
        {event.payloads.map(([id, path]) => (
          <section className="block" key={id}>
            <h3>{path}</h3>
            <PayloadText path={path} />
          </section>
        ))}
      </div>
    </section>
  );
};
