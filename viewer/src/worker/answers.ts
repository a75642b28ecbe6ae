import type { Session } from '../recording/session.js';
import { agentGraphOf } from '../views/agents.js';
import { conversationOf, itemBodies } from '../views/conversation.js';
import { detailOf, findObject } from '../views/detail.js';
import { eventRows, rawEvent } from '../views/events.js';
import { failuresOf } from '../views/failures.js';
import type { Moment } from '../views/moment.js';
import { overviewOf } from '../views/overview.js';
import type { Queries, QueryName } from '../views/protocol.js';
import { search } from '../views/search.js';
import { timelineOf } from '../views/timeline.js';
import { usageOf } from '../views/usage.js';

type Answers = {
  readonly [Name in QueryName]: (session: Session, asked: Queries[Name]['asked']) => Queries[Name]['answer'];
};

/** The session after so many events; where it has less, as it stands now. */
const momentOf = ({ history, events, payloads }: Session, asked: number): Moment => {
  const at = Math.min(asked, history.length);
  const { trace, diagnostics, unresolved } = history.after(at);
  return { at, trace, diagnostics, unresolved, events, payloads };
};

export const answers: Answers = {
  overview: (session, { at }) => overviewOf(momentOf(session, at)),
  timeline: (session, { at }) => timelineOf(momentOf(session, at)),
  agents: (session, { at }) => agentGraphOf(momentOf(session, at)),
  usage: (session, { at, thread }) => usageOf(momentOf(session, at), thread),
  conversation: (session, { at, thread }) => conversationOf(momentOf(session, at), thread),
  items: (session, { at, ids }) => itemBodies(momentOf(session, at), ids),
  detail: (session, { at, ref }) => detailOf(momentOf(session, at), ref),
  find: (session, { at, id }) => findObject(momentOf(session, at), id),
  events: ({ events }, { from, to }) => eventRows(events, from, to),
  event: ({ events }, { number }) => rawEvent(events, number),
  payload: ({ payloads }, { path }) => payloads.text(path) ?? null,
  search: (session, asked) => search(momentOf(session, asked.at), asked),
  firstFailure: (session, { after }) => {
    const { history } = session;
    return failuresOf(momentOf(session, history.length)).find(({ event }) => event > after)?.event ?? null;
  },
};
