import { describe, it } from 'vitest';
import {
  compactionInstalled,
  compactionRequestStarted,
  inferenceStarted,
  threadStarted,
} from '../../test/helpers/facts.js';
import { holdsInTime } from '../../test/helpers/marbles.js';
import type { Fact } from '../facts/facts.js';
import type { Batch } from './batch.js';
import { inBatches } from './in-batches.js';

const t = threadStarted();
const batch = (...facts: readonly Fact[]): Batch => ({ facts, last: false });
const end: Batch = { facts: [], last: true };

describe('facts in batches', () => {
  it('come out when a batch is full, and the rest at the end, before the mark', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const facts = cold('t-t-t-|', { t });
      expectObservable(facts.pipe(inBatches({ of: 2 }))).toBe('--a---(bc|)', {
        a: batch(t, t),
        b: batch(t),
        c: end,
      });
    });
  });

  it.each([
    ['an inference call', inferenceStarted()],
    ['a request to compact', compactionRequestStarted()],
    ['a compaction', compactionInstalled()],
  ])('go on with %s, whose payload may be large', (_what, heavy) => {
    holdsInTime(({ cold, expectObservable }) => {
      const facts = cold<Fact>('t-h-t-|', { t, h: heavy });
      expectObservable(facts.pipe(inBatches({ of: 64 }))).toBe('--a---(bc|)', {
        a: batch(t, heavy),
        b: batch(t),
        c: end,
      });
    });
  });

  it('are nothing but the mark where there are none', () => {
    holdsInTime(({ cold, expectObservable }) => {
      expectObservable(cold<Fact>('--|').pipe(inBatches({ of: 2 }))).toBe('--(a|)', { a: end });
    });
  });

  it('are lost where the source fails', () => {
    holdsInTime(({ cold, expectObservable }) => {
      expectObservable(cold('t-#', { t }).pipe(inBatches({ of: 2 }))).toBe('--#');
    });
  });

  it('start anew with every subscription, and end with it', () => {
    holdsInTime(({ cold, expectObservable, expectSubscriptions }) => {
      const facts = cold('t-t-|', { t });
      const batched = facts.pipe(inBatches({ of: 2 }));
      expectObservable(batched, '-!').toBe('--');
      expectObservable(batched).toBe('--a-(c|)', { a: batch(t, t), c: end });
      expectSubscriptions(facts.subscriptions).toBe(['^!', '^---!']);
    });
  });
});
