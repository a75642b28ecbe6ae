import { useState } from 'react';
import type { Story, StoryLink } from '../../views/story.js';
import { ObjectLink } from '../parts/object-link.js';
import { useNavigation } from '../use-route.js';

/** Links of one kind that are shown until somebody wants all. */
const SHOWN = 6;

interface StoryProps {
  /** Undefined until it is told, null where there is none. */
  readonly story: Story | null | undefined;
}

/** How an object came about, and what came of it. */
export const StoryFace = ({ story }: StoryProps) => {
  if (!story) return <p className="empty">{story === undefined ? 'reading…' : ''}</p>;
  return (
    <>
      <Links title="How it came about" links={story.causes} none="Nothing in the recording led to it." />
      <Links title="What came of it" links={story.effects} none="Nothing in the recording came of it." />
      <Waiting story={story} />
      {story.missing.length > 0 && (
        <section className="block">
          <h3>Named, but not in the recording</h3>
          <p className="detail-subtitle">{story.missing.join(', ')}</p>
        </section>
      )}
    </>
  );
};

const Waiting = ({ story: { unresolved } }: { readonly story: Story }) => {
  const { go } = useNavigation();
  if (unresolved.length === 0) return null;
  return (
    <section className="block story">
      <h3>Never resolved</h3>
      <ul>
        {unresolved.map(({ entity, waitsFor, event }) => (
          <li key={entity}>
            {entity} waits for {waitsFor}
            {event > 0 && (
              <button className="event-number" onClick={() => go({ event })}>
                event {event}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What made an object necessary, back to the root, in one line. */
export const Lineage = ({ story }: StoryProps) => {
  if (!story || story.lineage.length === 0) return <p className="lineage" />;
  return (
    <p className="lineage" aria-label="how it came about">
      {story.lineage.map((link) => (
        <span key={keyOf(link)} title={`${link.words} ${link.label}`}>
          <ObjectLink to={link.ref}>{link.label}</ObjectLink>
        </span>
      ))}
    </p>
  );
};

interface LinksProps {
  readonly title: string;
  readonly links: readonly StoryLink[];
  readonly none: string;
}

const Links = ({ title, links, none }: LinksProps) => {
  const groups = new Map<string, StoryLink[]>();
  for (const link of links) groups.set(link.words, [...(groups.get(link.words) ?? []), link]);
  return (
    <section className="block story">
      <h3>{title}</h3>
      {links.length === 0 && <p className="muted">{none}</p>}
      {[...groups].map(([words, group]) => (
        <Group key={words} words={words} links={group} />
      ))}
    </section>
  );
};

const Group = ({ words, links }: { readonly words: string; readonly links: readonly StoryLink[] }) => {
  const { go } = useNavigation();
  const [isWhole, setWhole] = useState(false);
  return (
    <div className="story-group">
      <span className="muted">{words}</span>
      <ul>
        {(isWhole ? links : links.slice(0, SHOWN)).map((link) => (
          <li key={keyOf(link)}>
            <ObjectLink to={link.ref}>{link.label}</ObjectLink>
            {link.via !== null && (
              <ObjectLink to={{ table: 'interaction_edges', id: link.via }}>
                <small>by its message</small>
              </ObjectLink>
            )}
            {link.events.map((number) => (
              <button key={number} className="event-number" onClick={() => go({ event: number })}>
                event {number}
              </button>
            ))}
          </li>
        ))}
        {links.length > SHOWN && !isWhole && (
          <li>
            <button onClick={() => setWhole(true)}>all {links.length}</button>
          </li>
        )}
      </ul>
    </div>
  );
};

const keyOf = ({ words, ref, via }: StoryLink): string => `${words} ${ref.table} ${ref.id} ${via}`;
