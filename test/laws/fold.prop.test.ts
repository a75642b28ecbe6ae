import { expect, it } from 'vitest';
import { foldCascade } from '../helpers/fold.js';
import { logFactsOf, printed, reduceInMemory } from '../helpers/cascade.js';
import { holdsForAll } from './subjects.js';

it('streams what the stages mean: states that are lent and lanes of subjects change nothing', () => {
  holdsForAll(
    ({ opened }) => {
      const streamed = reduceInMemory(opened, { strict: false });
      const folded = foldCascade(logFactsOf(opened), opened.manifest);
      expect(printed(folded)).toBe(printed(streamed));
      expect(folded.diagnostics).toEqual(streamed.diagnostics);
      expect(folded.unresolved).toEqual(streamed.unresolved);
    },
    { mutants: 300 },
  );
});
