import { describe, expect, it } from 'vitest';
import { from } from 'rxjs';
import { holdsInTime } from '../../test/helpers/marbles.js';
import { select } from './select.js';

interface Whole {
  readonly slice: { readonly n: number };
  readonly other?: number;
}
const one = { n: 1 };
const two = { n: 2 };

describe('a slice', () => {
  it('comes first with the first whole, and then only where it is another object', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const wholes = cold<Whole>('a-b-c-d-|', {
        a: { slice: one },
        b: { slice: one, other: 1 },
        c: { slice: two },
        d: { slice: { n: 2 } },
      });
      expectObservable(wholes.pipe(select(({ slice }) => slice))).toBe('a---c-d-|', {
        a: one,
        c: two,
        d: two,
      });
    });
  });

  it('is compared as its user says', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const wholes = cold<Whole>('a-b-c|', { a: { slice: one }, b: { slice: { n: 1 } }, c: { slice: two } });
      const slices = wholes.pipe(
        select(
          ({ slice }) => slice,
          (before, after) => before.n === after.n,
        ),
      );
      expectObservable(slices).toBe('a---c|', { a: one, c: two });
    });
  });

  it('may be undefined', () => {
    const seen: unknown[] = [];
    from<Whole[]>([{ slice: one }, { slice: two }, { slice: two, other: 1 }])
      .pipe(select(({ other }) => other))
      .subscribe((other) => void seen.push(other));
    expect(seen).toEqual([undefined, 1]);
  });

  it('errors with its source and with its selector', () => {
    holdsInTime(({ cold, expectObservable }) => {
      const failing = cold<Whole>('a-#', { a: { slice: one } }, 'broken');
      expectObservable(failing.pipe(select(({ slice }) => slice))).toBe('a-#', { a: one }, 'broken');
      const refuse = (): never => {
        throw new TypeError('no');
      };
      expectObservable(cold('a', { a: 1 }).pipe(select(refuse))).toBe('#', {}, new TypeError('no'));
    });
  });
});
