import { LOG_FILE } from '../../src/model/files.js';
import type { Random } from '../../bench/generate/random.js';
import type { Bundle } from './bundle.js';
import { isSealed, resealed } from './seal.js';

/** Ids of the runtime, which two recordings may have in common by chance. */
const OBJECT_ID =
  /"(inference_call_id|tool_call_id|compaction_id|compaction_request_id|runtime_cell_id|edge_id)":"([^"]*)"/g;

/** What can happen only once; the host has had it. */
const ONCE = /"type":"(?:rollout_started|rollout_ended|recording_completed)"/;
const ROLLOUT_ID = /"rollout_id":"[^"]*"/;
const START = /"type":"(?:thread_started|codex_turn_started)".*/;

/**
 * Puts the events of one recording among those of another, with payloads of their own. The hand-written
 * bundles share thread and turn, so what comes out is mostly one plausible session.
 */
export const graft = (host: Bundle, donor: Bundle, random: Random): Bundle => {
  const renames = random.chance(0.7);
  const taken = linesOf(host);
  const [rollout = ''] = ROLLOUT_ID.exec(taken[0] ?? '') ?? [];
  const starts = new Set(taken.flatMap((line) => START.exec(line)?.[0] ?? []));
  const added = linesOf(donor)
    .filter((line) => !ONCE.test(line) && !starts.has(START.exec(line)?.[0] ?? ''))
    .map((line) =>
      line
        .replace(ROLLOUT_ID, () => rollout)
        .replace(/"raw_payload:(\d+)"/g, '"raw_payload:8$1"')
        .replace(/"payloads\/(\d+)\.json"/g, '"payloads/8$1.json"'),
    )
    .map((line) => (renames ? line.replace(OBJECT_ID, '"$1":"$2-b"') : line));
  const payloads = [...donor]
    .filter(([path]) => path.startsWith('payloads/'))
    .map(([path, content]) => [path.replace('payloads/', 'payloads/8'), content] as const);
  const lines = random.chance(0.5) ? [...taken, ...added] : interleave(taken, added, random);
  const log = isSealed((file) => host.get(file)?.toString('latin1')) ? resealed(lines) : lines;
  return new Map([...host, ...payloads, [LOG_FILE, Buffer.from(log.join(''), 'latin1')]]);
};

/** Whole lines as byte strings. */
const linesOf = (bundle: Bundle): string[] =>
  bundle
    .get(LOG_FILE)
    ?.toString('latin1')
    .match(/[^\n]*\n/g) ?? [];

/** Two logs as one: the order within each is kept, and the first lines open the session. */
const interleave = (taken: readonly string[], added: readonly string[], random: Random): string[] => {
  const [opening, rest] = [taken.slice(0, 3), taken.slice(3)];
  const lines = [...opening];
  const [left, right] = [[...rest], [...added]];
  while (left.length + right.length > 0) {
    const from = random.integer(1, left.length + right.length) <= left.length ? left : right;
    lines.push(...from.splice(0, 1));
  }
  return lines;
};
