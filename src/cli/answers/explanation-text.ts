import type { Explanation } from '../../answers/explain.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import { fit } from '../columns.js';
import { aligned, type Page } from '../page.js';
import { agentWords, objectWords } from './object-words.js';
import { evidenceWords, isEvidence, objectName, statementLines } from './statement-lines.js';
import { relationWords } from './relation-words.js';

/** The story of an object for a reader: how it came about comes first. */
export function* explanationText(
  trace: RolloutTrace,
  explanation: Explanation,
  page: Page,
): Generator<string, void, undefined> {
  const { object, lineage, causes, effects, evidence, missing } = explanation;
  for (const line of headline(trace, explanation, page)) yield `${line}\n`;
  const told = new Set(lineage.map(({ relation, from, to }) => JSON.stringify([relation, from, to])));
  const others = causes.filter(({ relation, from, to }) => !told.has(JSON.stringify([relation, from, to])));
  const isPayload = object.table === 'raw_payloads';
  yield* section(page, 'How it came about', lineageLines(trace, explanation, page));
  yield* section(page, 'What else led to it', statementLines(trace, others, 'cause', page));
  const results = effects.filter((effect) => !isEvidence(effect));
  yield* section(page, 'What came of it', statementLines(trace, results, 'effect', page));
  const recorded = statementLines(trace, effects.filter(isEvidence), 'effect', page);
  const events = isPayload
    ? []
    : [fit(`  ${evidenceWords({ ...evidence, raw_payload_ids: [] })}`, page.width)];
  yield* section(page, 'Evidence', [...events.filter((line) => line.trim() !== ''), ...recorded]);
  const absent = missing.map(({ relation, from, to }) => {
    const other = from.table === object.table && from.id === object.id ? to : from;
    return fit(`  ${relation}: ${objectName(other)}`, page.width);
  });
  yield* section(page, 'Named, but not in the recording', absent);
}

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

export function* section(
  page: Page,
  title: string,
  lines: readonly string[],
): Generator<string, void, undefined> {
  if (lines.length === 0) return;
  yield `\n${page.style('bold', title)}\n`;
  for (const line of lines) yield `${line}\n`;
}

const lineageLines = (trace: RolloutTrace, { lineage }: Explanation, page: Page): readonly string[] =>
  aligned(
    lineage.map(({ relation, from, evidence }) => [
      relationWords[relation].cause,
      objectName(from),
      objectWords(trace, from),
      evidenceWords(evidence),
    ]),
  ).map((line) => fit(`  ${line}`, page.width));
