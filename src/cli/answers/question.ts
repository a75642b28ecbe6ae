import { findEvents, type FoundEvents } from '../../node/find-events.js';
import { openBundle } from '../../node/open-bundle.js';
import type { SyncPayloadStore } from '../../bundle/payload.js';
import { referencesOf, type References } from '../../answers/references.js';
import type { Reduction } from '../../streams/assemble.js';
import { exactJson } from '../exact-json.js';
import type { ExitCode } from '../exit-codes.js';
import { explainNoBundle } from '../no-bundle.js';
import { pageFor, type Page } from '../page.js';
import { plainJson } from '../plain-text.js';
import { printTo } from '../print-to.js';
import { replayWatched } from '../replay-watched.js';
import { tellProblems } from '../tell-problems.js';

/** A bundle that was reduced to answer a question about it. */
export interface Question extends Reduction {
  readonly payloads: SyncPayloadStore;
  /** Looks into the log once more, for the events of one number. */
  readonly findEvents: (seq: bigint) => FoundEvents;
  /** Made when they are asked for first. */
  readonly references: () => References;
  readonly page: Page;
}

/**
 * Reduces a bundle, prints the answer and tells problems of the bundle on stderr. Problems do not keep an answer
 * away, but show in the exit code.
 */
export const ask = async (
  bundle: string,
  answer: (question: Question) => Iterable<string>,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const noBundle = explainNoBundle(bundle);
  if (noBundle) throw noBundle;
  const reduction = await replayWatched(bundle, { strict: false, signal });
  const { trace, diagnostics } = reduction;
  const exitCode = tellProblems(diagnostics, answeredInSpite);
  const opened = openBundle(bundle);
  let references: References | undefined;
  const question: Question = {
    ...reduction,
    payloads: opened.payloads,
    findEvents: (seq) => findEvents(opened, seq),
    references: () => (references ??= referencesOf(trace)),
    page: pageFor(process.stdout, process.env),
  };
  await printTo(process.stdout, answer(question), signal);
  return exitCode;
};

const answeredInSpite = { more: 'rollout-trace check lists all', end: 'answered in spite of' };

/** An answer for a program: one JSON document. */
export function* jsonAnswer(value: unknown): Generator<string, void, undefined> {
  const json = exactJson(value);
  yield process.stdout.isTTY ? plainJson(json) : json;
  yield '\n';
}
