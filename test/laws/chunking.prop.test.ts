import { expect, it } from 'vitest';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { holdsForAll, type Subject } from './subjects.js';

const outcomeOf = ({ opened }: Subject, batch: number) => {
  const { trace, diagnostics, unresolved } = reduceInMemory(opened, { strict: false, batch });
  return { text: printed({ trace }), diagnostics, unresolved };
};

it('makes the same of a log, however many events go through the stages at a time', () => {
  holdsForAll(
    (subject) => {
      const usual = outcomeOf(subject, 64);
      for (const batch of [1, 7, 4096]) expect(outcomeOf(subject, batch)).toEqual(usual);
    },
    { mutants: 300 },
  );
});
