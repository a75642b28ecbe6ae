import { expect, it } from 'vitest';
import { isTraceError } from '../../src/errors/trace-error.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { holdsForAll, subjects, type Subject } from './subjects.js';

const strictly = ({ opened }: Subject) => {
  try {
    return { reduction: reduceInMemory(opened, { strict: true }) };
  } catch (error) {
    if (!isTraceError(error)) throw error;
    return { problem: error.problem };
  }
};

it('makes the same graph in both modes where strict mode makes one, and finds the same first problem', () => {
  holdsForAll(
    (subject) => {
      const strict = strictly(subject);
      const lenient = reduceInMemory(subject.opened, { strict: false });
      if ('problem' in strict) {
        expect(lenient.diagnostics[0]).toEqual(strict.problem);
      } else {
        expect(lenient.diagnostics).toEqual([]);
        expect(printed(lenient)).toBe(printed(strict.reduction));
        expect(lenient.unresolved).toEqual(strict.reduction.unresolved);
      }
    },
    { mutants: 400 },
  );
});

it('is shown recordings of both kinds', () => {
  const refused = subjects.filter((subject) => 'problem' in strictly(subject));
  expect(refused.length).toBeGreaterThan(50);
  expect(subjects.length - refused.length).toBeGreaterThan(50);
});
