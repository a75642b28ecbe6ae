import { failuresOf } from './failures.js';
import type { Moment } from './moment.js';
import { problemEvent } from './overview.js';

/** Something that somebody looks for the event of. A thread: what it did first. */
export type Milestone = 'failure' | 'problem' | 'compaction' | { readonly thread: string };

export interface MilestoneAsked {
  readonly milestone: Milestone;
  /** Number of the event behind which it is looked for; 0 for the very first. */
  readonly after: number;
}

/** Number of the next event that brings something; null where none does. */
export const milestoneEvent = (moment: Moment, { milestone, after }: MilestoneAsked): number | null => {
  const [first = null] = eventsOf(moment, milestone)
    .filter((number) => number > after)
    .sort((a, b) => a - b);
  return first;
};

const eventsOf = (moment: Moment, milestone: Milestone): number[] => {
  const { trace, diagnostics, events, at } = moment;
  if (milestone === 'failure') return failuresOf(moment).map(({ event }) => event);
  if (milestone === 'problem') return diagnostics.map((problem) => problemEvent(moment, problem));
  if (milestone === 'compaction') {
    return [...trace.compactions.keys()].flatMap((id) => events.naming(id).slice(-1));
  }
  for (let number = 1; number <= at; number += 1) {
    if (events.brief(number)?.thread === milestone.thread) return [number];
  }
  return events.naming(milestone.thread).slice(0, 1);
};
