import { words, counted } from '../format.js';
import { ObjectLink } from '../parts/object-link.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

/** What went wrong, what is wrong with the recording, and what never came to an end. */
export const ProblemsView = () => {
  const { overview } = useMoment();
  const { go } = useNavigation();
  const { failures, problems, unresolved, threads } = overview;
  const paths = new Map(threads.map(({ id, path }) => [id, path]));
  const event = (number: number) =>
    number > 0 && (
      <button
        className="event-number"
        onClick={() => go({ event: number, at: number })}
        title="show the session at this event"
      >
        event {number}
      </button>
    );
  return (
    <div className="problems">
      <section>
        <h2>{failures.length} failures of the session</h2>
        {failures.length === 0 && <p className="muted">Nothing failed.</p>}
        <ul>
          {failures.map((failure) => (
            <li key={`${failure.ref.table} ${failure.ref.id}`}>
              <span className="chip" data-tone="bad">
                {words(failure.reason)}
              </span>
              <ObjectLink to={failure.ref}>{failure.label}</ObjectLink>
              <span className="muted">{paths.get(failure.thread)}</span>
              {event(failure.event)}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{counted(problems.length, 'problem')} of the recording</h2>
        {problems.length === 0 && <p className="muted">The recording is sound as far as it goes.</p>}
        <ul>
          {problems.map((problem, index) => (
            <li key={index}>
              <span className="chip" data-tone="warn">
                {problem.code}
              </span>
              <span>
                {problem.message}
                <small className="muted">{problem.hint}</small>
              </span>
              <span className="muted">
                {problem.file}
                {problem.line !== null && `:${problem.line}`}
              </span>
              {event(problem.event)}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{unresolved.length} unresolved</h2>
        {unresolved.length === 0 && <p className="muted">Nothing waits for what never came.</p>}
        <ul>
          {unresolved.map((each) => (
            <li key={each.entity}>
              <span className="chip">{words(each.kind)}</span>
              <span>
                <bdi>{each.entity}</bdi> waits for <bdi>{each.waitsFor}</bdi>
              </span>
              {event(each.event)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
