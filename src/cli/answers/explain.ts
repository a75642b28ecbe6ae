import { explain } from '../../answers/explain.js';
import type { ExitCode } from '../exit-codes.js';
import { explanationText } from './explanation-text.js';
import { givenObject } from './given-object.js';
import { ask, jsonAnswer } from './question.js';

export interface ExplainOptions {
  readonly json?: true;
}

/** `rollout-trace explain`: how an object came about, and what came of it. */
export const explainObject = (
  bundle: string,
  id: string,
  { json }: ExplainOptions,
  signal: AbortSignal,
): Promise<ExitCode> =>
  ask(
    bundle,
    function* ({ trace, unresolved, references, page }) {
      const explanation = explain(references(), givenObject({ trace, unresolved }, id), unresolved);
      if (!explanation) return;
      yield* json ? jsonAnswer(explanation) : explanationText(trace, explanation, page);
    },
    signal,
  );
