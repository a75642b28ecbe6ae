import {
  edgeWords,
  explain,
  relationWords,
  type ObjectRef,
  type RolloutTrace,
  type Statement,
} from 'rollout-trace';
import { anchoredObject, objectLabel } from './object-labels.js';
import type { Moment } from './moment.js';
import { unresolvedRow, type UnresolvedRow } from './overview.js';

/** A link of a story as it is read, from the object whose story it is. */
export interface StoryLink {
  /** Between this object and the other one: `made by`, `asked for`. */
  readonly words: string;
  readonly ref: ObjectRef;
  readonly label: string;
  /** The edge that leads there, where one does. */
  readonly via: string | null;
  /** Numbers of the events that prove it. */
  readonly events: readonly number[];
}

/** How an object came about, and what came of it. */
export interface Story {
  /** From its nearest cause back to the root. */
  readonly lineage: readonly StoryLink[];
  readonly causes: readonly StoryLink[];
  /** Without its payloads: these stand with the evidence. */
  readonly effects: readonly StoryLink[];
  /** What it names and the recording has not. */
  readonly missing: readonly string[];
  /** What waited in vain: that it sent, that it should have seen, or that it names. */
  readonly unresolved: readonly UnresolvedRow[];
}

type Side = 'cause' | 'effect';

export const storyOf = (moment: Moment, ref: ObjectRef): Story | null => {
  const told = explain(moment.references(), ref, moment.unresolved);
  if (!told) return null;
  // An edge is one line with its other end: that it has this end goes without saying.
  const isShown = (near: ObjectRef): boolean => near.table !== 'interaction_edges' || near.id === ref.id;
  return {
    lineage: told.lineage.filter(({ to }) => isShown(to)).map((each) => storyLink(moment, each, 'cause')),
    causes: told.causes.filter(({ to }) => isShown(to)).map((each) => storyLink(moment, each, 'cause')),
    effects: told.effects
      .filter(({ from, to }) => isShown(from) && to.table !== 'raw_payloads')
      .map((each) => storyLink(moment, each, 'effect')),
    missing: told.missing.map(({ from, to }) => (from.id === ref.id ? to.id : from.id)),
    unresolved: told.unresolved.map((waiting) => unresolvedRow(moment, waiting)),
  };
};

const storyLink = (moment: Moment, { relation, from, to, evidence }: Statement, side: Side): StoryLink => {
  const far = side === 'cause' ? from : to;
  const edge = far.table === 'interaction_edges' ? moment.trace.interaction_edges.get(far.id) : undefined;
  const end = edge && anchoredObject(side === 'cause' ? edge.source : edge.target);
  return {
    words: edge ? edgeWords[edge.kind][side] : relationWords[relation][side],
    ref: end ?? far,
    label: end ? labelAt(moment.trace, end) : objectLabel(moment.trace, far),
    via: edge ? far.id : null,
    events: evidence.seqs.map((seq) => moment.events.numberOf(seq)).filter((number) => number > 0),
  };
};

/** At the other end of an edge counts first whose it is. */
const labelAt = (trace: RolloutTrace, end: ReturnType<typeof anchoredObject>): string => {
  const label = objectLabel(trace, end);
  if (end.table === 'threads') return label;
  const path = trace.threads.get(trace[end.table].get(end.id)?.thread_id ?? '')?.agent_path;
  return path === undefined ? label : `${path}: ${label}`;
};
