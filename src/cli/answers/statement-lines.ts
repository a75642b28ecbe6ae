import type { Evidence, Statement } from '../../answers/evidence.js';
import type { Relation } from '../../answers/links.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import type { ObjectRef } from '../../answers/objects.js';
import { fit } from '../columns.js';
import { aligned, type Page } from '../page.js';
import { plainText } from '../plain-text.js';
import { kindWords, objectWords } from './object-words.js';
import { relationWords } from './relation-words.js';

/** Links of one kind that are all shown; of more the first and the last ones. */
const SHOWN = 8;
const ENDS = 3;

type Side = 'cause' | 'effect';

/** One line for each statement, seen from one of its ends: how, what, and what proves it. */
export const statementLines = (
  trace: RolloutTrace,
  statements: readonly Statement[],
  side: Side,
  page: Page,
): readonly string[] => {
  const groups = new Map<Relation, Statement[]>();
  for (const statement of statements) {
    const { relation } = statement;
    const group = groups.get(relation);
    if (group) group.push(statement);
    else groups.set(relation, [statement]);
  }
  const rows = [...groups].flatMap(([relation, group]) => {
    const cells = (statement: Statement): readonly string[] => statementCells(trace, statement, side);
    if (group.length <= SHOWN) return group.map(cells);
    const left = group.length - 2 * ENDS;
    return [
      ...group.slice(0, ENDS).map(cells),
      [relationWords[relation][side], `… and ${left} more (--json lists all)`],
      ...group.slice(-ENDS).map(cells),
    ];
  });
  return aligned(rows).map((line) => fit(`  ${line}`, page.width));
};

/** Links whose far end is not near the object, but behind what carries them on. */
const statementCells = (
  trace: RolloutTrace,
  { relation, from, to, evidence }: Statement,
  side: Side,
): readonly string[] => {
  const far = side === 'cause' ? from : to;
  return [relationWords[relation][side], objectName(far), objectWords(trace, far), evidenceWords(evidence)];
};

export const objectName = ({ table, id }: ObjectRef): string => `${kindWords[table]} ${plainText(id)}`;

/** `[event 14, raw_payload:6]`. */
export const evidenceWords = ({ seqs, raw_payload_ids }: Evidence): string => {
  const events = seqs.length === 0 ? [] : [`${seqs.length === 1 ? 'event' : 'events'} ${seqs.join(', ')}`];
  const proofs = [...events, ...raw_payload_ids.map(plainText)];
  return proofs.length === 0 ? '' : `[${proofs.join(', ')}]`;
};

export const isEvidence = ({ to }: Statement): boolean => to.table === 'raw_payloads';
