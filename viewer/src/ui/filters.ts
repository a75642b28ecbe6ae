import { ALL_EVENTS, type EventFilter } from '../views/events.js';
import { SHOW_ALL, standings, type TimelineFilter } from '../views/timeline-filter.js';
import { tracks } from '../views/timeline.js';

export const axes = ['time', 'events'] as const;
/** What a timeline goes by. */
export type Axis = (typeof axes)[number];

export const densities = ['lines', 'beginnings', 'in full'] as const;
/** How much of each item is shown. */
export type Density = (typeof densities)[number];

/** A part of an axis: milliseconds since the session began, or numbers of events. It has a length. */
export type AxisRange = readonly [from: number, to: number];

/** What the views leave out, and how they show the rest. It stays while somebody looks at another view. */
export interface Filters {
  /** `range` is on the axis that is shown; null for all of it. */
  readonly timeline: TimelineFilter & { readonly axis: Axis; readonly range: AxisRange | null };
  readonly conversation: { readonly kind: string | null; readonly density: Density };
  readonly events: EventFilter;
}

export const NO_FILTERS: Filters = {
  timeline: { ...SHOW_ALL, axis: 'time', range: null },
  conversation: { kind: null, density: 'beginnings' },
  events: ALL_EVENTS,
};

/** What fields of an address say of filters. What no view knows is left out. */
export const readFilters = (fields: URLSearchParams): Filters => {
  const { timeline, conversation } = NO_FILTERS;
  const hidden = fields.get('timeline.hidden')?.split(',') ?? [];
  return {
    timeline: {
      hidden: tracks.filter((track) => hidden.includes(track)),
      standing: oneOf(standings, fields.get('timeline.standing')) ?? null,
      thread: fields.get('timeline.thread') || null,
      axis: oneOf(axes, fields.get('timeline.axis')) ?? timeline.axis,
      range: rangeIn(fields.get('timeline.range')),
    },
    conversation: {
      kind: fields.get('conversation.kind') || null,
      density: oneOf(densities, fields.get('conversation.density')) ?? conversation.density,
    },
    events: {
      type: fields.get('events.type') || null,
      thread: fields.get('events.thread') || null,
      status: fields.get('events.status') || null,
    },
  };
};

/** The fields that say it, without those that everybody begins with. */
export const filterFields = (filters: Filters): readonly (readonly [name: string, value: string])[] => {
  const fields = flat(filters);
  const usual = new Map(flat(NO_FILTERS));
  return fields.filter(([name, value]) => value !== usual.get(name));
};

const flat = ({ timeline, conversation, events }: Filters): readonly (readonly [string, string])[] =>
  Object.entries({ timeline, conversation, events }).flatMap(([view, settings]) =>
    Object.entries(settings).flatMap(([name, value]) =>
      value === null ? [] : [[`${view}.${name}`, String(value)] as const],
    ),
  );

const rangeIn = (text: string | null): AxisRange | null => {
  const [, from, to] = /^(-?\d{1,15}(?:\.\d{1,9})?),(-?\d{1,15}(?:\.\d{1,9})?)$/.exec(text ?? '') ?? [];
  return Number(from) < Number(to) ? [Number(from), Number(to)] : null;
};

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | undefined =>
  values.find((value) => value === text);
