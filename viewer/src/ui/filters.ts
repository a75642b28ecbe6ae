import { createContext, useContext } from 'react';
import type { EventFilter } from '../views/events.js';
import { SHOW_ALL, type TimelineFilter } from '../views/timeline-filter.js';

/** What the views leave out. It stays while somebody looks at another view. */
export interface Filters {
  readonly timeline: TimelineFilter;
  readonly events: EventFilter;
}

export const NO_FILTERS: Filters = { timeline: SHOW_ALL, events: { type: null, thread: null } };

interface FiltersState {
  readonly filters: Filters;
  change(filters: Partial<Filters>): void;
}

export const FiltersContext = createContext<FiltersState>({ filters: NO_FILTERS, change: () => {} });
export const useFilters = (): FiltersState => useContext(FiltersContext);
