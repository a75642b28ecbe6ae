import { useEffect, useState } from 'react';
import type { ObjectRef } from '../../views/protocol.js';
import { words } from '../format.js';
import { ObjectLink } from '../parts/object-link.js';
import { useClient, useProgress } from '../use-answer.js';

/** The objects of the graph that an event names. */
export const EventObjects = ({ ids }: { readonly ids: readonly string[] }) => {
  const client = useClient();
  const { events } = useProgress();
  const [objects, setObjects] = useState<readonly ObjectRef[]>([]);
  const key = ids.join('\n');
  useEffect(() => {
    let isOver = false;
    const asked = [...new Set(key.split('\n'))].map((id) => client.ask('find', { at: events, id }));
    void Promise.all(asked).then((found) => {
      if (!isOver) setObjects(found.filter((each) => each !== null));
    });
    return () => {
      isOver = true;
    };
  }, [client, key, events]);
  if (objects.length === 0) return null;
  return (
    <section className="block">
      <h3>what it is about</h3>
      <ul className="links">
        {objects.map((ref) => (
          <li key={`${ref.table} ${ref.id}`}>
            <ObjectLink to={ref}>
              {words(ref.table).replace(/s$/, '')} {ref.id}
            </ObjectLink>
          </li>
        ))}
      </ul>
    </section>
  );
};
