import type { Outcome } from './moment.js';
import { tracks, type Lane, type Span, type Timeline, type Track } from './timeline.js';

export const standings = ['running', 'completed', 'failed'] as const;
export type Standing = (typeof standings)[number];

/** What of a timeline is shown; null for all. */
export interface TimelineFilter {
  readonly hidden: readonly Track[];
  readonly standing: Standing | null;
  readonly thread: string | null;
}

export const SHOW_ALL: TimelineFilter = { hidden: [], standing: null, thread: null };

export const leavesOut = ({ hidden, standing, thread }: TimelineFilter): boolean =>
  hidden.length > 0 || standing !== null || thread !== null;

/** What was given up has not gone well either. */
export const standingOf = (status: Outcome): Standing =>
  status === 'running' || status === 'completed' ? status : 'failed';

/** A timeline without what a filter leaves out. A track of which nothing is left takes no room. */
export const filtered = (timeline: Timeline, { hidden, standing, thread }: TimelineFilter): Timeline => {
  const isShown = ({ track, status }: Span): boolean =>
    !hidden.includes(track) && (standing === null || standingOf(status) === standing);
  const lanes = timeline.lanes
    .filter((lane) => thread === null || lane.thread === thread)
    .map((lane): Lane => {
      const spans = lane.spans.filter(isShown);
      return spans.length === lane.spans.length ? lane : { ...lane, spans, rows: rowsOf(spans) };
    });
  return { ...timeline, lanes };
};

const rowsOf = (spans: readonly Span[]): Lane['rows'] => {
  const rows = { turn: 0, inference: 0, tool: 0, cell: 0, terminal: 0, compaction: 0 };
  for (const track of tracks) {
    for (const span of spans) if (span.track === track) rows[track] = Math.max(rows[track], span.row + 1);
  }
  return rows;
};
