import type { Usage } from './measure.js';

/**
 * c: full requests with compaction. ic: incremental ones with compaction. i: incremental ones without. All are
 * of schema 1, unless s2 stands in front.
 */
export type BundleKind = 'c' | 'ic' | 'i' | 's2-c' | 's2-ic';

export interface BundleRow {
  readonly kind: BundleKind;
  /** Kind and size as it was asked for, such as ic10k. */
  readonly name: string;
  readonly events: number;
  readonly bytes: number;
  readonly read: Usage;
  readonly parse: Usage;
  readonly reduce: Usage;
  readonly print: Usage;
  readonly reduceRatio: number;
  readonly printRatio: number;
  /** The original on the same bundle, where it was measured. */
  readonly original?: { readonly seconds: number; readonly by: 'CPU' | 'wall'; readonly factor: number };
}

export interface GrowthRow {
  readonly from: string;
  readonly to: string;
  readonly startUp: number;
  readonly small: number;
  readonly large: number;
  readonly exponent: number;
}

export interface Results {
  readonly runs: number;
  readonly bundles: readonly BundleRow[];
  readonly growth: readonly GrowthRow[];
}
