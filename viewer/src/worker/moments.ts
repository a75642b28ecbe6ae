import { movingReferences, type References } from 'rollout-trace';
import type { Session } from '../recording/session.js';
import { remembered } from '../views/remembered.js';
import type { Moment } from '../views/moment.js';

/** What one look at the page asks for: the moment that is shown, and the newest; and those just before. */
const KEPT = 4;

const momentsOf = remembered<Session, Map<number, Moment>>(() => new Map());

/** The session after so many events; where it has less, as it stands now. A moment never changes. */
export const momentOf = (session: Session, asked: number): Moment => {
  const { history } = session;
  const at = Math.min(asked, history.length);
  const moments = momentsOf(session);
  const moment = moments.get(at) ?? newMoment(session, at);
  moments.delete(at);
  moments.set(at, moment);
  for (const oldest of moments.keys()) {
    if (moments.size <= KEPT) break;
    moments.delete(oldest);
  }
  return moment;
};

/** From one moment to the next little is another: the rest is not read again. */
const referencesOf = remembered<Session, ReturnType<typeof movingReferences>>(movingReferences);

const newMoment = (session: Session, at: number): Moment => {
  const { history, events, payloads } = session;
  const { trace, diagnostics, unresolved } = history.after(at);
  let references: References | undefined;
  return {
    at,
    trace,
    diagnostics,
    unresolved,
    events,
    payloads,
    references: () => (references ??= referencesOf(session)(trace)),
  };
};
