import type { Evidence, Statement } from '../../answers/evidence.js';
import type { Relation } from '../../answers/links.js';
import { anchored, isSameObject, threadOf, type ObjectRef } from '../../answers/objects.js';
import { edgeWords, relationWords } from '../../answers/relation-words.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import { laidOut, type Page } from '../page.js';
import { plainText } from '../plain-text.js';
import { agentWords, kindWords, objectWords } from './object-words.js';

/** Links of one kind that are all shown; of more the first and the last ones. */
const SHOWN = 8;
const ENDS = 3;

type Side = 'cause' | 'effect';

interface View {
  readonly trace: RolloutTrace;
  /** Whose statements they are. */
  readonly object: ObjectRef;
  /** Which end of a statement is shown. */
  readonly side: Side;
  readonly page: Page;
}

/** One line for each statement: how, what, and what proves it. Many of a kind are cut short. */
export const statementLines = (view: View, statements: readonly Statement[]): readonly string[] => {
  const groups = new Map<Relation, Statement[]>();
  for (const statement of statements.filter((each) => isShown(view, each))) {
    const group = groups.get(statement.relation);
    if (group) group.push(statement);
    else groups.set(statement.relation, [statement]);
  }
  const rows = [...groups].flatMap(([relation, group]) => {
    const cells = group.map((statement) => statementCells(view, statement));
    if (cells.length <= SHOWN) return cells;
    const more = `… and ${cells.length - 2 * ENDS} more (--json lists all)`;
    return [...cells.slice(0, ENDS), [relationWords[relation][view.side], more], ...cells.slice(-ENDS)];
  });
  return laidOut(rows, view.page, { indent: 2 });
};

/** The same for statements that follow from each other, all of them and in their order. */
export const chainLines = (view: View, statements: readonly Statement[]): readonly string[] =>
  laidOut(
    statements.filter((each) => isShown(view, each)).map((each) => statementCells(view, each)),
    view.page,
    { indent: 2 },
  );

/** An edge is one line with its other end: that it has this end goes without saying. */
const isShown = ({ object, side }: View, { from, to }: Statement): boolean => {
  const near = side === 'cause' ? to : from;
  return near.table !== 'interaction_edges' || isSameObject(near, object);
};

const statementCells = (
  { trace, side }: View,
  { relation, from, to, evidence }: Statement,
): readonly string[] => {
  const far = side === 'cause' ? from : to;
  const edge = far.table === 'interaction_edges' ? trace.interaction_edges.get(far.id) : undefined;
  if (edge) {
    const end = anchored(side === 'cause' ? edge.source : edge.target);
    const agent = agentWords(trace, threadOf(trace, end));
    const words = end.table === 'threads' ? agent : `${agent}: ${objectWords(trace, end)}`;
    const proof = [evidenceWords(evidence), `via ${plainText(edge.edge_id)}`].join(' ').trim();
    return [edgeWords[edge.kind][side], objectName(end), words, proof];
  }
  // A payload proves itself.
  const proof = far.table === 'raw_payloads' ? '' : evidenceWords(evidence);
  return [relationWords[relation][side], objectName(far), objectWords(trace, far), proof];
};

export const objectName = ({ table, id }: ObjectRef): string => `${kindWords[table]} ${plainText(id)}`;

/** `[event 14, raw_payload:6]`. */
export const evidenceWords = ({ seqs, raw_payload_ids }: Evidence): string => {
  const events = seqs.length === 0 ? [] : [`${seqs.length === 1 ? 'event' : 'events'} ${seqs.join(', ')}`];
  const proofs = [...events, ...raw_payload_ids.map(plainText)];
  return proofs.length === 0 ? '' : `[${proofs.join(', ')}]`;
};
