import type { ObjectRef } from '../../answers/objects.js';
import { LOG_FILE } from '../../model/files.js';
import type { ReadLine } from '../../node/find-events.js';
import { fit } from '../columns.js';
import { laidOut } from '../page.js';
import { plainText } from '../plain-text.js';
import { plainLines } from './density.js';
import { section } from './explanation-text.js';
import { agentWords, objectWords } from './object-words.js';
import { indented } from './payload-text.js';
import type { Question } from './question.js';
import { objectName } from './statement-lines.js';

/** What a log has under one number. */
export interface Logged {
  readonly seq: bigint;
  readonly lines: readonly ReadLine[];
  /** That the events name. */
  readonly raw_payload_ids: readonly string[];
  /** Whose evidence they are. */
  readonly objects: readonly ObjectRef[];
}

/** An event for a reader: where it stands, all of its line, and what belongs to it. */
export function* eventText(
  question: Pick<Question, 'trace' | 'page'>,
  { seq, lines, raw_payload_ids, objects }: Logged,
): Generator<string, void, undefined> {
  const { page } = question;
  for (const [index, { line, text, entry }] of lines.entries()) {
    if (index > 0) yield '\n';
    const isEvent = entry.type === 'event';
    const title = isEvent ? eventWords(question, entry.event) : 'cannot be read';
    const reason = isEvent ? '' : `: ${plainText(entry.problem.message)}`;
    yield `${page.style('bold', fit(`event ${seq}: ${title}`, page.width))}\n`;
    yield `${fit(`  ${LOG_FILE}:${line}${reason}`, page.width)}\n`;
    const recorded = plainLines(indented(text)).map((each) => `  ${each}`);
    yield* section(page, 'Recorded', recorded);
  }
  const payloads = raw_payload_ids.map((id): ObjectRef => ({ table: 'raw_payloads', id }));
  yield* section(page, 'Payloads', objectLines(question, payloads));
  yield* section(page, 'Evidence of', objectLines(question, objects));
}

type ReadEvent = Extract<ReadLine['entry'], { readonly type: 'event' }>['event'];

const eventWords = ({ trace }: Pick<Question, 'trace'>, { payload, thread_id: thread }: ReadEvent): string =>
  typeof thread === 'string' ? `${payload.type} in ${agentWords(trace, thread)}` : payload.type;

const objectLines = (
  { trace, page }: Pick<Question, 'trace' | 'page'>,
  objects: readonly ObjectRef[],
): readonly string[] => {
  const rows = objects.map((object) => [objectName(object), objectWords(trace, object)]);
  return laidOut(rows, page, { indent: 2 });
};
