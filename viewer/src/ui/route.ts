import { tableNames, type ObjectRef, type TableName } from 'rollout-trace';
import { filterFields, NO_FILTERS, readFilters, type Filters } from './filters.js';

export const viewNames = ['timeline', 'conversation', 'agents', 'usage', 'problems', 'events'] as const;
export type ViewName = (typeof viewNames)[number];

/** What the page shows. It stands behind the # of the address, so each moment of each object has a link. */
export interface Route {
  readonly view: ViewName;
  /** Number of events after which the session is shown; null for all that there are. */
  readonly at: number | null;
  readonly thread: string | null;
  readonly selected: ObjectRef | null;
  /** Number of the event that is open. */
  readonly event: number | null;
  readonly filters: Filters;
}

export const START: Route = {
  view: 'timeline',
  at: null,
  thread: null,
  selected: null,
  event: null,
  filters: NO_FILTERS,
};

const isTable = (text: string): text is TableName => tableNames.some((name) => name === text);
const isView = (text: string | null): text is ViewName => viewNames.some((name) => name === text);

/**
 * `#view=timeline&at=12&thread=T&object=tool_calls:call_1&event=7&timeline.hidden=turn,cell`; whatever makes no sense
 * is left out.
 */
export const readRoute = (hash: string): Route => {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const view = fields.get('view');
  return {
    view: isView(view) ? view : START.view,
    at: wholeNumber(fields.get('at')),
    thread: fields.get('thread'),
    selected: objectIn(fields.get('object')),
    event: wholeNumber(fields.get('event')),
    filters: readFilters(fields),
  };
};

export const printRoute = ({ view, at, thread, selected, event, filters }: Route): string => {
  const fields = new URLSearchParams({ view });
  if (at !== null) fields.set('at', String(at));
  if (thread !== null) fields.set('thread', thread);
  if (selected) fields.set('object', `${selected.table}:${selected.id}`);
  if (event !== null) fields.set('event', String(event));
  for (const [name, value] of filterFields(filters)) fields.set(name, value);
  return `#${fields}`;
};

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;

const objectIn = (text: string | null): ObjectRef | null => {
  const [, table = '', id = ''] = /^(\w+):(.+)$/s.exec(text ?? '') ?? [];
  return isTable(table) ? { table, id } : null;
};
