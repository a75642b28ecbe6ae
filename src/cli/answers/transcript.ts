import { transcriptOf } from '../../answers/transcript.js';
import type { ObjectRef } from '../../answers/objects.js';
import type { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import { densityOf, type DensityOptions } from './density.js';
import { givenObject } from './given-object.js';
import { kindWords } from './object-words.js';
import { ask, type Question } from './question.js';
import { transcriptMarkdown } from './transcript-markdown.js';
import { transcriptText } from './transcript-text.js';

export interface TranscriptOptions extends DensityOptions {
  /** Id of a thread, or path of an agent. */
  readonly thread?: string;
  /** Id of a call to the model. */
  readonly call?: string;
  readonly markdown?: true;
}

/** `rollout-trace transcript`: what the model saw, in order. */
export const transcript = (
  bundle: string,
  options: TranscriptOptions,
  signal: AbortSignal,
): Promise<ExitCode> =>
  ask(
    bundle,
    (question) => {
      const object = subjectOf(question, options);
      const print = options.markdown ? transcriptMarkdown : transcriptText;
      const entries = transcriptOf(question.references(), object) ?? [];
      return print(question, { object, entries }, densityOf(options));
    },
    signal,
  );

const subjectOf = (question: Question, { thread, call }: TranscriptOptions): ObjectRef => {
  if (call !== undefined) return only('inference_calls', givenObject(question, call), call);
  if (thread !== undefined) return only('threads', givenObject(question, thread), thread);
  return { table: 'threads', id: question.trace.root_thread_id };
};

const only = (table: 'threads' | 'inference_calls', object: ObjectRef, given: string): ObjectRef => {
  if (object.table === table) return object;
  throw new Failure(`${given} is no ${kindWords[table]}, but a ${kindWords[object.table]}`);
};
