import { map } from 'rxjs';
import { describe, it } from 'vitest';
import { threadEnded } from '../../test/helpers/facts.js';
import { threadAppeared } from '../../test/helpers/learned.js';
import { holdsInTime } from '../../test/helpers/marbles.js';
import type { Fact } from '../facts/facts.js';
import { defineOwnProjection } from '../views/own-projection.js';
import type { Batch } from './batch.js';
import { withViews } from './with-views.js';

const batch = (...facts: readonly Fact[]): Batch => ({ facts, last: false });

const threads = defineOwnProjection({
  reads: ['thread_appeared'],
  initial: () => ({ ids: new Set<string>() }),
  step({ ids }, { thread_id }) {
    ids.add(thread_id);
  },
});
const size = map(({ facts }: Batch) => ({ facts: facts.length }));

describe('results with views', () => {
  it('show what the facts so far came to', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a-b|', {
        a: batch(threadAppeared(), threadEnded()),
        b: batch(threadAppeared({ thread_id: 'T2' })),
      });
      expectObservable(batches.pipe(withViews({ threads }, size))).toBe('a-b|', {
        a: { facts: 2, views: { threads: { ids: new Set(['T1']) } } },
        b: { facts: 1, views: { threads: { ids: new Set(['T1', 'T2']) } } },
      });
    });
  });

  it('hear nothing of what is only foreseen', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a|', { a: { facts: [], last: false, outlook: [threadAppeared()] } });
      expectObservable(batches.pipe(withViews({ threads }, size))).toBe('a|', {
        a: { facts: 0, views: { threads: { ids: new Set() } } },
      });
    });
  });

  it('start anew with every subscription', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const viewed = cold('a|', { a: batch(threadAppeared()) }).pipe(withViews({ threads }, size));
      const once = { facts: 1, views: { threads: { ids: new Set(['T1']) } } };
      expectObservable(viewed).toBe('a|', { a: once });
      expectObservable(viewed, '--^').toBe('--a|', { a: once });
    });
  });

  it('error with what a step throws, and leave the source', () => {
    holdsInTime(({ hot, expectObservable, expectSubscriptions }) => {
      const picky = defineOwnProjection({
        reads: ['thread_ended'],
        initial: () => ({}),
        step() {
          throw new RangeError('too late');
        },
      });
      const batches = hot('a-b-c', { a: batch(threadAppeared()), b: batch(threadEnded()), c: batch() });
      expectObservable(batches.pipe(withViews({ picky }, size))).toBe(
        'a-#',
        { a: { facts: 1, views: { picky: {} } } },
        new RangeError('too late'),
      );
      expectSubscriptions(batches.subscriptions).toBe('^-!');
    });
  });

  it('have none where no projection is given', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a|', { a: batch(threadAppeared()) });
      expectObservable(batches.pipe(withViews(undefined, size))).toBe('a|', { a: { facts: 1, views: {} } });
    });
  });
});
