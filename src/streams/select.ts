import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';

/**
 * A slice of each snapshot, only where it is another than before: by `===`, which is enough for tables, rows
 * and views, because they stay the same objects while nothing changes them.
 */
export const select =
  <Whole, Slice>(
    selector: (whole: Whole) => Slice,
    isEqual: (before: Slice, after: Slice) => boolean = (before, after) => before === after,
  ): OperatorFunction<Whole, Slice> =>
  (wholes$) =>
    wholes$.pipe(
      map((whole) => selector(whole)),
      distinctUntilChanged(isEqual),
    );
