import { isDeepStrictEqual } from 'node:util';
import type { ProblemCode } from '../../src/errors/codes.js';
import { isTraceError } from '../../src/errors/trace-error.js';
import type { Reduction } from '../../src/streams/assemble.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { danglingReferences } from '../laws/references.js';
import { openInMemory, type Bundle, type OpenedBundle } from './bundle.js';

/** What became of a bundle, in one mode. */
export type Outcome =
  { readonly reduction: Reduction; readonly text: string } | { readonly code: ProblemCode };

export interface Verdict {
  readonly lenient: Outcome;
  readonly strict: Outcome;
}

/** A bundle broke a law; the message says which. */
export class LawBroken extends Error {}

/**
 * Reduces a bundle in both modes. Throws where anything but a sound graph or a coded error comes out, or
 * where the modes disagree.
 */
export const judge = (bundle: Bundle): Verdict => {
  let opened: OpenedBundle;
  try {
    opened = openInMemory(bundle);
  } catch (error) {
    const refusal = { code: codeOf(error, 'opening') };
    return { lenient: refusal, strict: refusal };
  }
  const lenient = sound(reduceInMemory(opened, { strict: false }));
  const [first] = lenient.reduction.diagnostics;
  if (repeatsHistory(opened)) {
    const whole = reduceInMemory(opened, { strict: false, sharePrefixes: false });
    const isSame =
      printed(whole) === lenient.text && isDeepStrictEqual(whole.diagnostics, lenient.reduction.diagnostics);
    if (!isSame) throw new LawBroken('requests that are read as a whole make another graph');
  }
  let strict: Outcome;
  try {
    strict = sound(reduceInMemory(opened, { strict: true }));
  } catch (error) {
    if (error instanceof LawBroken) throw error;
    strict = { code: codeOf(error, 'strict') };
    if (!isTraceError(error) || !isDeepStrictEqual(error.problem, first)) {
      throw new LawBroken(`strict fails with another problem than the first: ${String(error)}`);
    }
    return { lenient, strict };
  }
  if (first) throw new LawBroken(`strict accepts what has a problem: ${first.message}`);
  if (strict.text !== lenient.text) throw new LawBroken('the modes print different graphs');
  return { lenient, strict };
};

/** Whether there is a request that could share its beginning with the one before. */
const repeatsHistory = ({ entries }: OpenedBundle): boolean =>
  entries.filter((entry) => entry.type === 'event' && entry.event.payload.type === 'inference_started')
    .length > 1;

const codeOf = (error: unknown, when: string): ProblemCode => {
  if (isTraceError(error)) return error.code;
  const stack = error instanceof Error ? error.stack : String(error);
  throw new LawBroken(`${when} threw what is no TraceError: ${stack}`, { cause: error });
};

/** A graph that prints as JSON and refers to nothing that is not there. */
const sound = (reduction: Reduction): { reduction: Reduction; text: string } => {
  const text = printed(reduction);
  JSON.parse(text);
  const dangling = danglingReferences(reduction);
  if (dangling.length > 0) throw new LawBroken(`nothing explains ${dangling.slice(0, 5).join(', ')}`);
  return { reduction, text };
};
