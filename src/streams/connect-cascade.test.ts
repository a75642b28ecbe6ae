import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { threadEnded } from '../../test/helpers/facts.js';
import { threadAppeared, turnAppeared } from '../../test/helpers/learned.js';
import { holdsInTime } from '../../test/helpers/marbles.js';
import type { Fact, FactType } from '../facts/facts.js';
import type { Batch } from './batch.js';
import { connectCascade } from './connect-cascade.js';
import type { Stage } from './stage.js';

/** A stage that adds a fact to each batch. */
const adding = (fact: Fact, reads: readonly FactType[], learns: readonly FactType[]): Stage => ({
  name: `adds ${fact.type}`,
  reads,
  learns,
  operator: map(({ facts, last }: Batch) => ({ facts: [...facts, fact], last })),
});
const threads = adding(threadAppeared(), ['thread_started'], ['thread_appeared']);
const turns = adding(turnAppeared(), ['thread_appeared'], ['turn_appeared']);

describe('a cascade', () => {
  it('joins stages in their order', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a-|', { a: { facts: [threadEnded()], last: false } });
      expectObservable(batches.pipe(connectCascade(threads, turns))).toBe('a-|', {
        a: { facts: [threadEnded(), threadAppeared(), turnAppeared()], last: false },
      });
    });
  });

  it('refuses a stage that reads what only a stage below it learns', () => {
    expect(() => connectCascade(turns, threads)).toThrow('adds turn_appeared reads thread_appeared');
  });

  it('refuses a stage that reads what it alone learns', () => {
    expect(() => connectCascade(adding(threadAppeared(), ['turn_appeared'], ['turn_appeared']))).toThrow(
      'reads turn_appeared',
    );
  });

  it('knows the events of the log without a stage', () => {
    expect(() => connectCascade(adding(threadAppeared(), ['other', 'rollout_ended'], []))).not.toThrow();
  });

  it('of no stages changes nothing', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a-|', { a: { facts: [threadEnded()], last: false } });
      expectObservable(batches.pipe(connectCascade())).toBe('a-|', {
        a: { facts: [threadEnded()], last: false },
      });
    });
  });
});
