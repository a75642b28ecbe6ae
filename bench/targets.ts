import type { BundleKind, BundleRow, GrowthRow } from './rows.js';

/** Below this many events start-up outweighs the work, and ratios say little. */
const RATIO_FROM_EVENTS = 10_000;

/** CPU of the whole command, printing included, as a multiple of reading and parsing every file. */
const RATIO_LIMITS: Partial<Record<BundleKind, number>> = {
  c: 1.3,
  ic: 2.5,
  's2-c': 1.3,
  's2-ic': 2.5,
};

/** Exponent of CPU time, start-up taken off, in the bytes of the bundle. */
const GROWTH_LIMIT = 1.1;

/** Peak memory of the whole command in MiB, for the sizes that have been agreed on. */
const PEAK_LIMITS: Readonly<Record<string, number>> = {
  ic10k: 110,
  ic30k: 290,
  i10k: 150,
  's2-ic10k': 110,
};

export interface Check {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
}

export function checks(bundles: readonly BundleRow[], growth: readonly GrowthRow[]): Check[] {
  const found: Check[] = [];
  for (const row of bundles) {
    const ratioLimit = RATIO_LIMITS[row.kind];
    if (ratioLimit !== undefined && row.events >= RATIO_FROM_EVENTS) {
      found.push({ what: `${row.name}: ratio to read + parse`, value: row.printRatio, limit: ratioLimit });
    }
    const peakLimit = PEAK_LIMITS[row.name];
    if (peakLimit !== undefined) {
      found.push({ what: `${row.name}: peak MiB`, value: row.print.peakMiB, limit: peakLimit });
    }
  }
  for (const row of growth) {
    found.push({ what: `${row.from} to ${row.to}: growth`, value: row.exponent, limit: GROWTH_LIMIT });
  }
  return found;
}

/** A value that is not a number counts as missed: nothing was shown. */
export function isMet({ value, limit }: Check): boolean {
  return value <= limit;
}
