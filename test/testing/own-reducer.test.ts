import fc from 'fast-check';
import { it } from 'vitest';
import { reduceStrictly as reduce } from '../../src/testing/index.js';
// The template of docs/orderings.md: change both.
import { bundleOf, confluence, reorderedSessions } from '../../src/testing/index.js';

it('makes the same graph of every order of concurrent events', async () => {
  await fc.assert(confluence(reduce, { schema: 1 }), { numRuns: 20 });
});

it('keeps a law of my own', async () => {
  const threadsAreKnown = fc.asyncProperty(reorderedSessions({ schema: 2 }), async ({ session, order }) => {
    const bundle = bundleOf(session, order); // { manifest, events, payloads }
    const started = bundle.events.filter(({ payload }) => payload.type === 'thread_started');
    const { threads } = JSON.parse(await reduce(bundle));
    return Object.keys(threads).length === started.length;
  });
  await fc.assert(threadsAreKnown, { numRuns: 20 });
});
