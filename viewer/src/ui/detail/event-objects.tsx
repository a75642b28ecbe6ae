import { kindWords } from '../format.js';
import { ObjectLink } from '../parts/object-link.js';
import { useAnswer, useProgress } from '../use-answer.js';

/** The objects of the graph that an event names. */
export const EventObjects = ({ ids }: { readonly ids: readonly string[] }) => {
  const { events } = useProgress();
  const objects = useAnswer('find', { at: events, ids: [...new Set(ids)] });
  if (!objects || objects.length === 0) return null;
  return (
    <section className="block">
      <h3>what it is about</h3>
      <ul className="links">
        {objects.map((ref) => (
          <li key={`${ref.table} ${ref.id}`}>
            <ObjectLink to={ref}>
              {kindWords(ref.table)} {ref.id}
            </ObjectLink>
          </li>
        ))}
      </ul>
    </section>
  );
};
