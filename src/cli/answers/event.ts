import { objectsProvedBy } from '../../answers/evidence.js';
import { objectKey, type ObjectRef } from '../../answers/objects.js';
import { payloadRefs } from '../../model/event-payloads.js';
import { LOG_FILE } from '../../model/files.js';
import type { FoundEvents, ReadLine } from '../../node/find-events.js';
import { Failure } from '../failure.js';
import { counted } from '../words.js';
import { eventText, type Logged } from './event-text.js';
import { jsonAnswer, type Question } from './question.js';

/** Prints what the log has under a number. Fails with what is nearest where it has nothing. */
export function* oneEvent(
  question: Question,
  seq: bigint,
  { json }: { readonly json?: true },
): Generator<string, void, undefined> {
  const search = question.findEvents(seq);
  const { found } = search;
  if (found.length === 0) throw new Failure(`no event has the seq ${seq}`, whereElse(search));
  const raw_payload_ids = [...new Set(found.flatMap(payloadsOf))];
  const objects = provedBy(question, seq, raw_payload_ids);
  const logged: Logged = { seq, lines: found, raw_payload_ids, objects };
  yield* json ? jsonAnswer({ ...logged, lines: found.map(lineData) }) : eventText(question, logged);
}

const payloadsOf = ({ entry }: ReadLine): readonly string[] =>
  entry.type === 'event' ? payloadRefs(entry.event.payload).map(({ raw_payload_id: id }) => id) : [];

/** The objects that name the event, and those that a payload of it was recorded of. */
const provedBy = (question: Question, seq: bigint, payloads: readonly string[]): readonly ObjectRef[] => {
  const { trace, references } = question;
  const owners = payloads.flatMap((id) => references().causesOf({ table: 'raw_payloads', id }));
  const objects = [...objectsProvedBy(trace, seq), ...owners.map(({ from }) => from)];
  return [...new Map(objects.map((object) => [objectKey(object), object])).values()];
};

const lineData = ({ line, text, entry }: ReadLine) => ({
  file: LOG_FILE,
  line,
  text,
  event: entry.type === 'event' ? entry.event : null,
  problem: entry.type === 'event' ? null : entry.problem.message,
});

/** Lines of the log that are listed. */
const SHOWN = 10;

/** Which events there are instead, and which lines may hold the one that is asked for. */
const whereElse = ({ below, above, unreadable }: FoundEvents): string => {
  const near = [below, above].flatMap((seq) => (seq === null ? [] : [`event:${seq}`])).join(' and ');
  const nearest = near === '' ? `${LOG_FILE} has no event.` : `What is nearest to it: ${near}.`;
  if (unreadable.length === 0) return nearest;
  const lines = unreadable.slice(0, SHOWN).map((line) => `${LOG_FILE}:${line}`);
  const rest = unreadable.length - SHOWN;
  const more = rest > 0 ? [counted(rest, 'more line')] : [];
  return `${nearest}\nIt may stand in a line that cannot be read: ${[...lines, ...more].join(', ')}.`;
};
