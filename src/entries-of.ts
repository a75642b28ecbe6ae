import { filter, map, type Observable } from 'rxjs';
import type { LogEntry } from './bundle/log-entry.js';
import { readEvent } from './bundle/read-event.js';
import type { Manifest } from './model/manifest.js';
import { rulesFor } from './schemas/index.js';

/** What events from anywhere turn out to be. Throws `schema_unsupported`. */
export const entriesOf = (
  events$: Observable<unknown>,
  { schema_version }: Manifest,
): Observable<LogEntry> => {
  const { event: schema } = rulesFor(schema_version);
  return events$.pipe(
    map((event, index) => readEvent(schema, event, index + 1)),
    filter((entry) => entry !== undefined),
  );
};
