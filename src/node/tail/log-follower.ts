import type { LogEntry } from '../../bundle/log-entry.js';
import type { BundleLook, OpenLog } from './bundle-look.js';
import { lineAssembly, type Line } from './line-assembly.js';
import { restartOf, SEAL_BYTES, type Restart } from './restart.js';

/** Reads a log that grows, and knows it again. */
export interface LogFollower<Entry extends LogEntry = LogEntry> {
  /** Why what was read counts no longer, if it does not. */
  check(look: BundleLook): Restart | null;
  /** Milliseconds since the log was seen to grow: the clock of everything that waits. */
  sinceGrowth(): number;
  /** What could be read now, maybe nothing. Notes that the log has grown when all before was read. */
  read(log: OpenLog): ReadPart<Entry>;
  /** The last line, where something is wrong with it if the log ends here. */
  readonly torn: TornLine<Entry> | undefined;
}

export type TornLine<Entry extends LogEntry> = Entry & { readonly type: 'problem' };

export type ReadPart<Entry extends LogEntry = LogEntry> =
  | { readonly type: 'entries'; readonly entries: readonly Entry[] }
  /** Nothing more is there. Unsettled as long as the last line has no end and it is early to judge it. */
  | { readonly type: 'end'; readonly settled: boolean }
  /** A line that was taken for complete goes on, and has become another one. */
  | { readonly type: 'contradicted' };

export interface LogFollowerOptions<Entry extends LogEntry> {
  /** Reads a line; undefined for a blank one. */
  readonly toEntry: (line: Line) => Entry | undefined;
  /** Milliseconds without growth after which a last line without its line break counts. */
  readonly settleMs: number;
}

const BLOCK = 1 << 16;

export const logFollower = <Entry extends LogEntry>(
  first: BundleLook,
  { toEntry, settleMs }: LogFollowerOptions<Entry>,
): LogFollower<Entry> => {
  const { manifest } = first.bundle;
  const { identity } = first.log;
  const lines = lineAssembly();
  let offset = 0;
  let seal = Buffer.alloc(0);
  let length = first.log.size;
  let grownAt = performance.now() - Math.max(0, Date.now() - first.log.modifiedAt);
  let restIsJudged = false;
  let torn: TornLine<Entry> | undefined;

  const sinceGrowth = (): number => performance.now() - grownAt;

  const readBlock = (block: Buffer): ReadPart<Entry> => {
    const complete = lines.push(block);
    if (!complete) return { type: 'contradicted' };
    offset += block.length;
    seal = Buffer.concat([seal, block.subarray(-SEAL_BYTES)]).subarray(-SEAL_BYTES);
    restIsJudged = false;
    if (complete.length > 0) torn = undefined;
    const entries = complete.map((line) => toEntry(line)).filter((entry) => entry !== undefined);
    return { type: 'entries', entries };
  };

  /** A line that stays without its end counts as in a log that ends there; see docs/decisions/0017. */
  const judgeRest = (): readonly Entry[] => {
    restIsJudged = true;
    const rest = lines.rest();
    const entry = rest && toEntry(rest);
    torn = entry && isTorn(entry) ? entry : undefined;
    if (entry?.type !== 'event') return [];
    lines.takeRest();
    return [entry];
  };

  return {
    check({ bundle, log }) {
      const standing = log.read(offset - seal.length, seal.length);
      const found = { manifest: bundle.manifest, identity: log.identity, size: log.size, seal: standing };
      return restartOf({ manifest, identity, offset, seal }, found);
    },
    sinceGrowth,
    read(log) {
      if (log.size < length) length = log.size;
      else if (offset === length && log.size > length) {
        length = log.size;
        grownAt = performance.now();
      }
      const block = log.read(offset, Math.min(BLOCK, length - offset));
      if (block.length > 0) return readBlock(block);
      if (lines.rest() === undefined) return { type: 'end', settled: true };
      if (!restIsJudged && sinceGrowth() >= settleMs) return { type: 'entries', entries: judgeRest() };
      return { type: 'end', settled: restIsJudged };
    },
    get torn() {
      return torn;
    },
  };
};

const isTorn = <Entry extends LogEntry>(entry: Entry): entry is TornLine<Entry> => entry.type === 'problem';
