import { findObjects, type ObjectRef } from 'rollout-trace';
import type { Session } from '../recording/session.js';
import { agentGraphOf } from '../views/agents.js';
import { conversationOf, itemBodies } from '../views/conversation.js';
import { detailOf } from '../views/detail.js';
import { chosenEvents, eventRows, rawEvent } from '../views/events.js';
import { milestoneEvent } from '../views/milestones.js';
import type { Moment } from '../views/moment.js';
import { overviewOf } from '../views/overview.js';
import type { Queries, QueryName } from '../views/protocol.js';
import { remembered } from '../views/remembered.js';
import { search } from '../views/search.js';
import { storyOf } from '../views/story.js';
import { timelineOf } from '../views/timeline.js';
import { usageOf } from '../views/usage.js';
import { momentOf } from './moments.js';

type Answers = {
  readonly [Name in QueryName]: (session: Session, asked: Queries[Name]['asked']) => Queries[Name]['answer'];
};

/** Two parts of the page ask for it. */
const overview = remembered(overviewOf);

export const answers: Answers = {
  overview: (session, { at }) => overview(momentOf(session, at)),
  timeline: (session, { at }) => timelineOf(momentOf(session, at)),
  agents: (session, { at }) => agentGraphOf(momentOf(session, at)),
  usage: (session, { at, thread }) => usageOf(momentOf(session, at), thread),
  conversation: (session, { at, thread }) => conversationOf(momentOf(session, at), thread),
  items: (session, { at, ids }) => itemBodies(momentOf(session, at), ids),
  detail: (session, { at, ref }) => detailOf(momentOf(session, at), ref),
  story: (session, { at, ref }) => storyOf(momentOf(session, at), ref),
  find: (session, { at, ids }) => ids.flatMap((id) => objectsNamed(momentOf(session, at), id)),
  events: ({ events }, { numbers }) => eventRows(events, numbers),
  chosenEvents: ({ events }, filter) => chosenEvents(events, filter),
  event: ({ events }, { number }) => rawEvent(events, number),
  payload: ({ payloads }, { path }) => payloads.text(path) ?? null,
  search: (session, asked) => search(momentOf(session, asked.at), asked),
  milestone: (session, asked) => milestoneEvent(momentOf(session, session.history.length), asked),
};

/** What has this very id or name: what only begins with it is another one. */
const objectsNamed = ({ trace }: Moment, name: string): readonly ObjectRef[] =>
  findObjects(trace, name).filter(({ id }) => id === name || !id.startsWith(name));
