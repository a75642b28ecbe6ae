import type { Statement } from '../../answers/evidence.js';
import type { Explanation } from '../../answers/explain.js';
import { isSameObject, objectKey } from '../../answers/objects.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import type { Unresolved } from '../../model/unresolved.js';
import { fit } from '../columns.js';
import type { Page } from '../page.js';
import { oneLine } from '../words.js';
import { agentWords, objectWords } from './object-words.js';
import { chainLines, evidenceWords, objectName, statementLines } from './statement-lines.js';

/** The story of an object for a reader: how it came about comes first. */
export function* explanationText(
  trace: RolloutTrace,
  explanation: Explanation,
  page: Page,
): Generator<string, void, undefined> {
  const { object, lineage, causes, effects, evidence, missing, unresolved } = explanation;
  const [back, on] = [
    { trace, object, side: 'cause', page } as const,
    { trace, object, side: 'effect', page } as const,
  ];
  yield* lines(headline(trace, explanation, page));
  const told = new Set(lineage.map(({ from }) => objectKey(from)));
  const others = causes.filter(({ from }) => !told.has(objectKey(from)));
  yield* section(page, 'How it came about', chainLines(back, lineage));
  yield* section(page, 'What else led to it', statementLines(back, others));
  yield* section(
    page,
    'What came of it',
    statementLines(
      on,
      effects.filter((effect) => !isEvidence(effect)),
    ),
  );
  yield* section(page, 'Never resolved', unresolvedLines(unresolved, page));
  const events = evidenceWords({ seqs: evidence.seqs, raw_payload_ids: [] });
  const recorded = statementLines(on, effects.filter(isEvidence));
  yield* section(page, 'Evidence', [...(events === '' ? [] : [`  ${events}`]), ...recorded]);
  const absent = missing.map(({ relation, from, to }) => {
    const other = isSameObject(from, object) ? to : from;
    return fit(`  ${relation}: ${objectName(other)}`, page.width);
  });
  yield* section(page, 'Named, but not in the recording', absent);
}

/** What waited in vain, and since when: a line each. */
export const unresolvedLines = (unresolved: readonly Unresolved[], page: Page): readonly string[] =>
  unresolved.map(({ entity, waitsFor, since }) =>
    fit(`  ${oneLine(entity)} waits for ${oneLine(waitsFor)} since event ${since.seq}`, page.width),
  );

/** What the object is and where it happened. */
export const headline = (
  trace: RolloutTrace,
  { object, thread_id }: Pick<Explanation, 'object' | 'thread_id'>,
  page: Page,
): readonly string[] => {
  const where = thread_id === null || object.table === 'threads' ? '' : ` in ${agentWords(trace, thread_id)}`;
  return [
    page.style('bold', fit(`${objectName(object)}${where}`, page.width)),
    fit(`  ${objectWords(trace, object)}`, page.width).trimEnd(),
  ].filter((line) => line !== '');
};

function* lines(texts: readonly string[]): Generator<string, void, undefined> {
  for (const text of texts) yield `${text}\n`;
}

/** A heading and its lines; nothing where there are none. */
export function* section(
  page: Page,
  title: string,
  content: readonly string[],
): Generator<string, void, undefined> {
  if (content.length === 0) return;
  yield `\n${page.style('bold', title)}\n`;
  yield* lines(content);
}

const isEvidence = ({ to }: Statement): boolean => to.table === 'raw_payloads';
