import type { WireInteger } from '../model/integers.js';

/** Finds places of a log by their numbers. It only grows: what was said of its first places stays true. */
export class SeqIndex {
  readonly #seqs: WireInteger[] = [];
  /** Where a run of rising numbers begins. A log that a recorder wrote is a single run. */
  readonly #runs: number[] = [];
  #unnumbered = 0;

  /** The number of the next line; undefined for a line that is no event, which belongs to the one before it. */
  add(seq: WireInteger | undefined): void {
    const place = this.#seqs.length;
    const before = this.#seqs.at(-1);
    const own = seq ?? before ?? 0;
    if (seq === undefined && this.#unnumbered === place) this.#unnumbered += 1;
    if (before === undefined || own < before) this.#runs.push(place);
    this.#seqs.push(own);
  }

  /** How many of the first `length` lines there are up to the last one at or before `seq`. */
  countAt(seq: WireInteger, length: number): number {
    let end = length;
    for (const start of this.#runs.toReversed()) {
      if (start >= length) continue;
      const found = this.#upperBound(seq, start, end);
      if (found > start) return found;
      end = start;
    }
    return 0;
  }

  /** The numbers of the first and the last event among the first `length` lines. */
  range(length: number): { readonly first: WireInteger | null; readonly last: WireInteger | null } {
    if (length <= this.#unnumbered) return { first: null, last: null };
    return { first: this.#seqs[this.#unnumbered] ?? null, last: this.#seqs[length - 1] ?? null };
  }

  /** The first place of a run behind all numbers up to `seq`. */
  #upperBound(seq: WireInteger, start: number, end: number): number {
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seqs[middle] ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
