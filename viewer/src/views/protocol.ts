import type { ObjectRef } from 'rollout-trace';
import type { RecordingSource } from '../recording/sources.js';
import type { AgentGraph } from './agents.js';
import type { ConversationRow, ItemBody } from './conversation.js';
import type { Detail } from './detail.js';
import type { EventChoice, EventFilter, EventRow, RawEvent } from './events.js';
import type { Overview } from './overview.js';
import type { MilestoneAsked } from './milestones.js';
import type { SearchHit, SearchRequest } from './search.js';
import type { Story } from './story.js';
import type { Timeline } from './timeline.js';
import type { UsagePoint } from './usage.js';

/** What the page may ask of the worker. `at` is the number of events after which it is asked. */
export interface Queries {
  overview: { asked: { at: number }; answer: Overview };
  timeline: { asked: { at: number }; answer: Timeline };
  agents: { asked: { at: number }; answer: AgentGraph };
  usage: { asked: { at: number; thread: string | null }; answer: readonly UsagePoint[] };
  conversation: { asked: { at: number; thread: string }; answer: readonly ConversationRow[] };
  items: { asked: { at: number; ids: readonly string[] }; answer: readonly ItemBody[] };
  detail: { asked: { at: number; ref: ObjectRef }; answer: Detail | null };
  story: { asked: { at: number; ref: ObjectRef }; answer: Story | null };
  find: { asked: { at: number; ids: readonly string[] }; answer: readonly ObjectRef[] };
  events: { asked: { numbers: readonly number[] }; answer: readonly EventRow[] };
  /** `length` is how many there are: it tells when the answer is another one. */
  chosenEvents: { asked: EventFilter & { length: number }; answer: EventChoice };
  event: { asked: { number: number }; answer: RawEvent | null };
  payload: { asked: { path: string }; answer: string | null };
  search: { asked: SearchRequest; answer: readonly SearchHit[] };
  milestone: { asked: MilestoneAsked; answer: number | null };
}
export type QueryName = keyof Queries;

export interface QueryMessage<Name extends QueryName = QueryName> {
  readonly type: 'query';
  readonly key: number;
  readonly name: Name;
  readonly asked: Queries[Name]['asked'];
}

export type ToWorker = { readonly type: 'open'; readonly source: RecordingSource } | QueryMessage;

/** How far the recording is read. */
export interface Progress {
  /** Events so far. */
  readonly events: number;
  /** Grows when the recording began anew: all answers before are of another one. */
  readonly generation: number;
  /** Whether all that was there is read. */
  readonly isCaughtUp: boolean;
  /** What ended the reading, in words. */
  readonly failure: string | null;
}

export interface AnswerMessage<Name extends QueryName = QueryName> {
  readonly type: 'answer';
  readonly key: number;
  readonly name: Name;
  readonly answer: Queries[Name]['answer'];
}

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | AnswerMessage
  | { readonly type: 'refused'; readonly key: number; readonly name: QueryName; readonly reason: string };
