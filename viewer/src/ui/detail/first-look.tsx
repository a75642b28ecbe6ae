import { duration, words } from '../format.js';
import { ObjectLink } from '../parts/object-link.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

/** Failures that are listed until somebody asks for all. */
const SHOWN = 12;

/** What somebody who just came should look at first: what went wrong, and what is still open. */
export const FirstLook = () => {
  const { overview } = useMoment();
  const { go } = useNavigation();
  const { failures, problems, unresolved, threads } = overview;
  const running = threads.filter(({ status }) => status === 'running');
  const all = (count: number) =>
    count > SHOWN && <button onClick={() => go({ view: 'problems' })}>all {count}</button>;
  return (
    <div className="detail-body">
      <section className="block">
        <h3>{failures.length === 0 ? 'Nothing failed' : `What failed (${failures.length})`}</h3>
        <ul className="first-look">
          {failures.slice(0, SHOWN).map(({ ref, label, reason }) => (
            <li key={`${ref.table} ${ref.id}`}>
              <span className="chip" data-tone="bad">
                {words(reason)}
              </span>
              <ObjectLink to={ref}>{label}</ObjectLink>
            </li>
          ))}
        </ul>
        {all(failures.length)}
      </section>
      {problems.length > 0 && (
        <section className="block">
          <h3>Problems of the recording ({problems.length})</h3>
          <ul className="first-look">
            {problems.slice(0, SHOWN).map((problem, index) => (
              <li key={index}>
                <span className="chip" data-tone="warn">
                  {words(problem.code)}
                </span>
                <span>{problem.message}</span>
              </li>
            ))}
          </ul>
          {all(problems.length)}
        </section>
      )}
      {unresolved.length + running.length > 0 && (
        <section className="block">
          <h3>Still open</h3>
          <ul className="first-look">
            {running.map(({ id, path, started }) => (
              <li key={id}>
                <span className="chip">agent</span>
                <span>
                  <ObjectLink to={{ table: 'threads', id }}>{path}</ObjectLink> has run for{' '}
                  {duration(overview.latest - started)}
                </span>
              </li>
            ))}
            {unresolved.slice(0, SHOWN).map(({ entity, kind, waitsFor }) => (
              <li key={entity}>
                <span className="chip">{words(kind)}</span>
                <span>
                  <bdi>{entity}</bdi> waits for <bdi>{waitsFor}</bdi>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="muted">
        Select something to see what the model saw of it, what the runtime did, and the raw evidence.
      </p>
    </div>
  );
};
