import type { SchemaVersion } from './generate/options.js';
import type { EventClass } from './live/live-session.js';
import type { Blocks } from './longest-blocks.js';
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
  readonly blocks: Blocks;
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

/** One run of the whole command on a long session. */
export interface LargeRow {
  readonly name: string;
  readonly bytes: number;
  /** Bytes of the printed state. */
  readonly printed: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

/** Wall seconds of whole commands on the bundle of the example. */
export interface TinyRow {
  readonly ours: number;
  readonly original: number;
  readonly ratio: number;
}

/** The whole command on a folder of sessions. */
export interface ManyRow extends Usage {
  readonly bundles: number;
  /** Of each session. */
  readonly events: number;
}

/** Microseconds from a line to the snapshot that shows it, in the middle of all events of a class. */
export interface LiveRow {
  readonly schema: SchemaVersion;
  readonly class: EventClass;
  readonly costs: readonly { readonly rows: number; readonly median: number }[];
  /** What parsing the line and its payload takes alone, behind the fewest rows. */
  readonly floor: number;
  /** The last cost as a multiple of the first. */
  readonly growth: number;
}

export interface Results {
  readonly runs: number;
  readonly bundles: readonly BundleRow[];
  readonly growth: readonly GrowthRow[];
  readonly large: readonly LargeRow[];
  readonly live: readonly LiveRow[];
  /** Few sessions, and more of them. */
  readonly many: readonly ManyRow[];
  readonly tiny?: TinyRow | undefined;
}
