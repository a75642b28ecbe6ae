import type { EventClass } from './live/live-session.js';
import type {
  BundleKind,
  BundleRow,
  GrowthRow,
  LargeRow,
  LiveRow,
  ManyRow,
  Results,
  TinyRow,
} from './rows.js';

/** Below this many events start-up outweighs the work, and ratios say little. */
const RATIO_FROM_EVENTS = 10_000;

/** CPU as a multiple of reading and parsing every file, by what is compared. */
const RATIO_LIMITS: Partial<Record<BundleKind, { readonly print: number; readonly reduce?: number }>> = {
  c: { print: 0.5 },
  ic: { print: 2.5, reduce: 1.6 },
  's2-c': { print: 0.5 },
  's2-ic': { print: 2.5, reduce: 1.6 },
};

/** CPU of the original as a multiple of ours. */
const FACTOR_LIMITS: Partial<Record<BundleKind, number>> = { c: 250, ic: 35 };

/** Exponent of CPU time, start-up taken off, in the bytes of the bundle. */
const GROWTH_LIMIT = 1.1;

/** Peak memory of the whole command in MiB, for the sizes that have been agreed on. */
const PEAK_LIMITS: Readonly<Record<string, number>> = {
  ic10k: 110,
  ic30k: 290,
  i10k: 150,
  c30k: 300,
  's2-ic10k': 110,
};

/** Milliseconds without a turn of the event loop. */
const BLOCK_LIMIT = 20;

/** Microseconds from a line of the log to the snapshot that shows it, in the middle of all events. */
export const LIVE_LIMITS: Readonly<Record<EventClass, number>> = { none: 10, small: 50, request: 250 };
/** How much more it may cost with a hundred times the rows. */
const LIVE_GROWTH_LIMIT = 2;

export interface Check {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly reach: 'at most' | 'at least';
}

const atMost = (what: string, value: number, limit: number | undefined): readonly Check[] =>
  limit === undefined ? [] : [{ what, value, limit, reach: 'at most' }];
const atLeast = (what: string, value: number, limit: number | undefined): readonly Check[] =>
  limit === undefined ? [] : [{ what, value, limit, reach: 'at least' }];

export function checks({ bundles, growth, large, live, many, tiny }: Results): readonly Check[] {
  return [
    ...bundles.flatMap(bundleChecks),
    ...large.flatMap(({ name, peakMiB }: LargeRow) =>
      atMost(`${name}: peak MiB`, peakMiB, PEAK_LIMITS[name]),
    ),
    ...growth.flatMap(({ from, to, exponent }: GrowthRow) =>
      atMost(`${from} to ${to}: growth`, exponent, GROWTH_LIMIT),
    ),
    ...live.flatMap(liveChecks),
    ...manyChecks(many),
    ...(tiny ? tinyChecks(tiny) : []),
  ];
}

function bundleChecks({ kind, name, events, ...row }: BundleRow): readonly Check[] {
  const limits = events >= RATIO_FROM_EVENTS ? RATIO_LIMITS[kind] : undefined;
  const factor = events >= RATIO_FROM_EVENTS ? FACTOR_LIMITS[kind] : undefined;
  return [
    ...atMost(`${name}: ratio, printing included`, row.printRatio, limits?.print),
    ...atMost(`${name}: ratio without printing`, row.reduceRatio, limits?.reduce),
    ...(row.original ? atLeast(`${name}: factor to the original`, row.original.factor, factor) : []),
    ...atMost(`${name}: peak MiB`, row.print.peakMiB, PEAK_LIMITS[name]),
    ...atMost(`${name}: longest block of replayBundle, ms`, row.blocks.replay, BLOCK_LIMIT),
    ...atMost(`${name}: longest block of writeState, ms`, row.blocks.write, BLOCK_LIMIT),
  ];
}

export function liveChecks({ schema, class: of, costs, growth }: LiveRow): readonly Check[] {
  const subject = `live, schema ${schema}, ${of}`;
  return [
    ...costs.flatMap(({ rows, median }) =>
      atMost(`${subject}: µs at ${rows / 1000}k rows`, median, LIVE_LIMITS[of]),
    ),
    ...atMost(`${subject}: growth`, growth, LIVE_GROWTH_LIMIT),
  ];
}

/** As many times the work as there are bundles, and no more. */
const manyChecks = ([few, more]: readonly ManyRow[]): readonly Check[] => {
  if (!few || !more) return [];
  const exponent = Math.log(more.cpuSeconds / few.cpuSeconds) / Math.log(more.bundles / few.bundles);
  return atMost(`${few.bundles} to ${more.bundles} bundles: growth`, exponent, GROWTH_LIMIT);
};

const tinyChecks = ({ ratio }: TinyRow): readonly Check[] =>
  atMost('tiny bundle: wall time to that of the original', ratio, 1);

/** A value that is not a number counts as missed: nothing was shown. */
export function isMet({ value, limit, reach }: Check): boolean {
  return reach === 'at most' ? value <= limit : value >= limit;
}

/** Why targets are missed, by what their checks are called: the first that fits. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^s2-.*ratio/,
    'Schema 2 vouches for its evidence: every payload is read, needed or not, and parsed but for what requests repeat.',
  ],
  [
    /^ic.*ratio/,
    'Reading and parsing are less than half of what one more event takes; items, rows and links are the rest. Start-up and code that is still cold come on top.',
  ],
  [
    /^c.*ratio/,
    'What repeats is only read and compared; start-up, the other payloads and the work behind parsing remain.',
  ],
  [/peak MiB/, 'Node.js itself takes about 45 MiB; its young generation up to 48 where a recording is long.'],
  [/block of writeState/, 'A table sorts its ids in one piece before its first row is printed.'],
  [
    /block of replayBundle/,
    'The work is cut every 5 ms; garbage collection and other work of the machine are not.',
  ],
  [
    /factor/,
    'As above. The factor grows with the session, since the original reads byte by byte and scans all items for each.',
  ],
  [
    /^live.*none/,
    'A third is reading the line and proving its spelling; stages and a frozen snapshot share the rest. Between two events all of it leaves the caches.',
  ],
  [/^live.*small/, 'A payload is read, checked and told by several stages. See above for the rest.'],
  [
    /^live.*request/,
    'All bytes are compared with those of the request before, and the ids of its items are copied.',
  ],
  [/^tiny/, 'Node.js has to start before any of our code runs, and the original is machine code.'],
];

export function reasonFor({ what }: Check): string {
  return REASONS.find(([pattern]) => pattern.test(what))?.[1] ?? 'Not known yet.';
}
