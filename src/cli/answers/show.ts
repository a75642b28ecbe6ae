import { explain } from '../../answers/explain.js';
import { glance } from '../../answers/glance.js';
import type { ExitCode } from '../exit-codes.js';
import { densityOf } from './density.js';
import { oneEvent } from './event.js';
import { givenEvent, givenObject } from './given-object.js';
import { glanceText } from './glance-text.js';
import { objectText } from './object-text.js';
import { ask, jsonAnswer, type Question } from './question.js';

export interface ShowOptions {
  readonly json?: true;
  readonly full?: true;
}

/** `rollout-trace show`: a session at a glance, one of its objects, or an event of its log. */
export const show = (
  bundle: string,
  id: string | undefined,
  options: ShowOptions,
  signal: AbortSignal,
): Promise<ExitCode> =>
  ask(
    bundle,
    (question) => {
      if (id === undefined) return session(question, options);
      const seq = givenEvent(id);
      return seq === undefined ? oneObject(question, id, options) : oneEvent(question, seq, options);
    },
    signal,
  );

const session = (question: Question, { json }: ShowOptions): Iterable<string> => {
  const { trace, unresolved, page } = question;
  const seen = glance(trace);
  const { rollout_id, status, started_at_unix_ms, ended_at_unix_ms } = trace;
  const header = { rollout_id, status, started_at_unix_ms, ended_at_unix_ms };
  return json ? jsonAnswer({ ...header, ...seen, unresolved }) : glanceText(question, seen, page);
};

function* oneObject(
  question: Question,
  id: string,
  { json, full }: ShowOptions,
): Generator<string, void, undefined> {
  const { trace, unresolved, references } = question;
  const object = givenObject(question, id);
  const explanation = explain(references(), object, unresolved);
  if (!explanation) return;
  const { causes, effects, unresolved: waiting } = explanation;
  yield* json
    ? jsonAnswer({ object, row: trace[object.table].get(object.id), causes, effects, unresolved: waiting })
    : objectText(question, explanation, densityOf(full ? { full } : {}));
}
