import type { ReactNode } from 'react';
import type { Track } from '../../../views/timeline.js';
import { standings } from '../../../views/timeline-filter.js';
import { useFilters } from '../../use-filters.js';
import { Choice } from '../../parts/choice.js';
import { useMoment } from '../../use-moment.js';

const shownTracks: readonly (readonly [track: Track, words: string])[] = [
  ['turn', 'turns'],
  ['inference', 'requests'],
  ['tool', 'tools'],
  ['cell', 'code cells'],
  ['terminal', 'terminals'],
  ['compaction', 'compactions'],
];

/** The legend, which leaves out what is pressed, and the other filters. */
export const TimelineTools = ({ children }: { readonly children: ReactNode }) => {
  const { overview } = useMoment();
  const { filters, change } = useFilters();
  const { timeline } = filters;
  const { hidden } = timeline;
  const toggled = (track: Track): readonly Track[] =>
    hidden.includes(track) ? hidden.filter((each) => each !== track) : [...hidden, track];
  return (
    <div className="tools">
      <span className="legend" role="group" aria-label="kinds">
        {shownTracks.map(([track, words]) => (
          <button
            key={track}
            data-track={track}
            aria-pressed={!hidden.includes(track)}
            title={`show or hide ${words}`}
            onClick={() => change({ timeline: { ...timeline, hidden: toggled(track) } })}
          >
            {words}
          </button>
        ))}
      </span>
      <Choice
        label="status"
        all="any status"
        value={timeline.standing}
        options={standings.map((each) => [each, each])}
        onChange={(standing) => change({ timeline: { ...timeline, standing } })}
      />
      <Choice
        label="agent"
        all="all agents"
        value={timeline.thread}
        options={overview.threads.map(({ id, path }) => [id, path])}
        onChange={(thread) => change({ timeline: { ...timeline, thread } })}
      />
      <span className="spring" />
      {children}
    </div>
  );
};
