import fc from 'fast-check';
import { isTraceError } from '../../src/errors/trace-error.js';
import { openInMemory, type Bundle, type OpenedBundle } from '../fuzz/bundle.js';
import { mutant } from '../fuzz/mutate.js';
import { randomSession } from '../fuzz/session.js';
import { generatedSessions, handWritten } from '../fuzz/sources.js';

/** A bundle that laws are checked on. */
export interface Subject {
  readonly name: string;
  readonly bundle: Bundle;
  readonly opened: OpenedBundle;
}

/** Sessions in which few ids meet in all orders. */
const invented = ([1, 2] as const).flatMap((schema) =>
  Array.from({ length: 20 }, (_, seed) => ({
    name: `random session ${seed} of schema ${schema}`,
    bundle: randomSession(seed, schema),
  })),
);

/** The hand-written bundles, small generated sessions of both modes, and random ones. */
export const subjects: readonly Subject[] = [
  ...handWritten(),
  ...generatedSessions([1, 2, 3]),
  ...invented,
].map(({ name, bundle }) => ({ name, bundle, opened: openInMemory(bundle) }));

/** Mutants of them that can be opened: recordings with anything wrong in them. */
export const anyMutant: fc.Arbitrary<Subject> = fc
  .tuple(fc.constantFrom(...subjects), fc.nat())
  .map(([{ name, bundle }, index]) => {
    const options = { outside: ['../secret.json', '/etc/hostname'] };
    return subjectOf(`mutant ${index} of ${name}`, mutant(bundle, 1, index, options).bundle);
  })
  .filter((subject) => subject !== undefined);

const subjectOf = (name: string, bundle: Bundle): Subject | undefined => {
  try {
    return { name, bundle, opened: openInMemory(bundle) };
  } catch (error) {
    if (isTraceError(error)) return undefined;
    throw error;
  }
};

/** Checks a law on every subject, and on mutants. */
export const holdsForAll = (law: (subject: Subject) => void, options: { readonly mutants: number }): void => {
  for (const subject of subjects) named(law)(subject);
  holdsFor(anyMutant, law, options.mutants);
};

/** Checks a law on any bundles; a failure names the bundle, which is too long to be shown. */
export const holdsFor = (
  any: fc.Arbitrary<Subject>,
  law: (subject: Subject) => void,
  numRuns: number,
): void => {
  const hidden = any.map((subject) => ({ subject: () => subject, [fc.toStringMethod]: () => subject.name }));
  fc.assert(
    fc.property(hidden, ({ subject }) => named(law)(subject())),
    { seed: 1, numRuns, endOnFailure: true, includeErrorInReport: true },
  );
};

const named =
  (law: (subject: Subject) => void) =>
  (subject: Subject): void => {
    try {
      law(subject);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${subject.name}: ${reason}`, { cause: error });
    }
  };
