import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openInMemory, type OpenedBundle } from '../fuzz/bundle.js';
import { mutant } from '../fuzz/mutate.js';
import { generatedSessions } from '../fuzz/sources.js';
import { printed, reduceInMemory } from '../helpers/cascade.js';
import { nearPrefixes } from './near-prefixes.js';
import { holdsFor, holdsForAll } from './subjects.js';

const outcomeOf = (opened: OpenedBundle, sharePrefixes: boolean) => {
  const { trace, diagnostics, unresolved } = reduceInMemory(opened, { strict: false, sharePrefixes });
  return { text: printed({ trace }), diagnostics, unresolved };
};

const expectSame = ({ opened }: { readonly opened: OpenedBundle }): void =>
  expect(outcomeOf(opened, true)).toEqual(outcomeOf(opened, false));

it('makes the same of requests, whether they are read as a whole or only where they differ', () => {
  holdsForAll(expectSame, { mutants: 200 });
});

it('does so where anything is wrong in a long history', () => {
  const sessions = generatedSessions([4, 5]);
  /** Payloads alone are changed: the log stays one that leads to them. */
  const anySession = fc.tuple(fc.constantFrom(...sessions), fc.nat()).map(([{ name, bundle }, index]) => {
    const log = [...bundle].filter(([file]) => !file.startsWith('payloads/'));
    const made = new Map([...mutant(bundle, 2, index, { outside: [] }).bundle, ...log]);
    return { name: `mutant ${index} of ${name}`, bundle: made, opened: openInMemory(made) };
  });
  holdsFor(anySession, expectSame, 80);
});

it('does so where a request nearly repeats the one before it', () => {
  const full = generatedSessions([4, 5]).filter(({ name }) => name.includes('full'));
  expect(full.length).toBeGreaterThan(1);
  holdsFor(nearPrefixes(full), expectSame, 160);
});
