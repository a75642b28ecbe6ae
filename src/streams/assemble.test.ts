import { map } from 'rxjs';
import { describe, it } from 'vitest';
import { at, payloadRefOf, threadEnded, unresolved } from '../../test/helpers/facts.js';
import { headerSet } from '../../test/helpers/given.js';
import { turnAppeared } from '../../test/helpers/learned.js';
import { holdsInTime } from '../../test/helpers/marbles.js';
import { TraceError } from '../errors/trace-error.js';
import type { Fact } from '../facts/facts.js';
import { problem } from '../facts/problems.js';
import { insert } from '../facts/writes.js';
import { assemble, type Reduction } from './assemble.js';
import type { Batch } from './batch.js';
import { usualManifest } from '../../test/helpers/fold.js';
import { headerOf } from '../replay.js';

const header = headerOf(usualManifest);
const batch = (...facts: readonly Fact[]): Batch => ({ facts, last: false });
const last = (...facts: readonly Fact[]): Batch => ({ facts, last: true });
const payload = (id: string): Fact => insert('raw_payloads', id, payloadRefOf(id));
const first = problem(at(), 'thread_unknown', 'T1', 'first');
const second = problem(at(), 'turn_unknown', 'U1', 'second');
const waiting = unresolved({ entity: 'C1' });

/** What a reduction came to, in brief. */
const brief = ({ trace, diagnostics, unresolved: open }: Reduction) => ({
  status: trace.status,
  payloads: trace.raw_payloads.keys(),
  problems: diagnostics.map(({ message }) => message),
  waiting: open.map(({ entity }) => entity),
});

describe('an assembly', () => {
  it('gives one trace, made of all writes, when the last batch came', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a-b-(c|)', {
        a: batch(payload('P1'), threadEnded(), turnAppeared()),
        b: batch(headerSet({ status: 'failed' })),
        c: last(payload('P2')),
      });
      const assembled = batches.pipe(assemble(header, { strict: false }), map(brief));
      expectObservable(assembled).toBe('----(c|)', {
        c: { status: 'failed', payloads: ['P1', 'P2'], problems: [], waiting: [] },
      });
    });
  });

  it('collects problems in their order, each once, and what never came', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const unreadable: Fact = { type: 'unreadable_line', problem: second.problem };
      const batches = cold('a-(b|)', { a: batch(first, unreadable, first), b: last(waiting) });
      const assembled = batches.pipe(assemble(header, { strict: false }), map(brief));
      expectObservable(assembled).toBe('--(b|)', {
        b: { status: 'running', payloads: [], problems: ['first', 'second'], waiting: ['C1'] },
      });
    });
  });

  it('fails at the first problem where it is strict', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('a-b-|', { a: batch(payload('P1')), b: batch(first, second) });
      const assembled = batches.pipe(assemble(header, { strict: true }));
      expectObservable(assembled).toBe('--#', {}, new TraceError(first.problem));
    });
  });

  it('takes what never came for no problem, strict or not', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const batches = cold('(a|)', { a: last(waiting) });
      const assembled = batches.pipe(assemble(header, { strict: true }), map(brief));
      expectObservable(assembled).toBe('(a|)', {
        a: { status: 'running', payloads: [], problems: [], waiting: ['C1'] },
      });
    });
  });

  it('starts anew with every subscription, and gives nothing without a last batch', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const twice = cold('(a|)', { a: last(payload('P1')) }).pipe(
        assemble(header, { strict: false }),
        map(brief),
      );
      const once = { status: 'running', payloads: ['P1'], problems: [], waiting: [] };
      expectObservable(twice).toBe('(a|)', { a: once });
      expectObservable(twice).toBe('(a|)', { a: once });
      expectObservable(cold('a-|', { a: batch() }).pipe(assemble(header, { strict: false }))).toBe('--|');
    });
  });
});
