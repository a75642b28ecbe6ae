import type { Random } from '../../bench/generate/random.js';
import { LOG_FILE } from '../../src/model/files.js';
import { choose } from './choose.js';
import type { Pool } from './pool.js';
import { isSealed } from './seal.js';
import { linesOf, type Step, type StepInput } from './step.js';

/** Events that say something of what was recorded before, or is recorded later. */
const RECEIPT =
  /"type":"(?:history_item_accepted|stdin_target_resolved|thread_ended|thread_resumed|recording_completed)"/;

/** A step on one receipt among the lines; undefined where it cannot be changed. */
const onReceipt =
  (change: (lines: string[], at: number, input: StepInput) => readonly string[] | undefined): Step =>
  (input) => {
    const lines = linesOf(input.files);
    const at = choose(
      input.random,
      lines.flatMap((line, index) => (RECEIPT.test(line) ? [index] : [])),
    );
    const changed = at === undefined ? undefined : change(lines, at, input);
    if (!changed) return false;
    input.files.set(LOG_FILE, changed.join(''));
    return true;
  };

export const dropReceipt = onReceipt((lines, at) => lines.toSpliced(at, 1));

export const repeatReceipt = onReceipt((lines, at, { random }) =>
  lines.toSpliced(random.integer(0, lines.length), 0, lines[at] ?? ''),
);

export const moveReceipt = onReceipt((lines, at, { random }) =>
  lines.toSpliced(at, 1).toSpliced(random.integer(0, lines.length - 1), 0, lines[at] ?? ''),
);

/** What an id of a receipt may name instead: the keys that the same ids stand under. */
const namesakes: Readonly<Record<string, readonly string[]>> = {
  item_id: ['id', 'item_id'],
  tool_call_id: ['tool_call_id'],
  exec_tool_call_id: ['tool_call_id'],
  thread_id: ['thread_id'],
};

/** The JSON text of an id that may stand under a key. */
const idFor = (key: string, random: Random, pool: Pool): string =>
  choose(
    random,
    (namesakes[key] ?? []).flatMap((name) => pool.get(name) ?? []),
  ) ?? '"unknown"';

export const retarget = onReceipt((lines, at, { random, pool }) => {
  const line = lines[at] ?? '';
  const found = choose(
    random,
    [...line.matchAll(/"(\w+_id)":"[^"]*"/g)].filter(([, key = '']) => key in namesakes),
  );
  const [member = '', key = ''] = found ?? [];
  if (!found) return undefined;
  const start = found.index;
  const changed = `${line.slice(0, start)}"${key}":${idFor(key, random, pool)}${line.slice(start + member.length)}`;
  return changed === line ? undefined : lines.with(at, changed);
});

/** Members of each receipt, of which the ids are to be found. */
const forms: readonly (readonly [type: string, ...keys: string[]])[] = [
  ['history_item_accepted', 'item_id'],
  ['history_item_accepted', 'item_id'],
  ['stdin_target_resolved', 'tool_call_id', 'exec_tool_call_id'],
  ['thread_ended', 'thread_id'],
  ['thread_resumed', 'thread_id'],
];

/** Puts a receipt into a log that has receipts, in the place that another event has. */
export const addReceipt: Step = ({ files, random, pool }) => {
  if (!isSealed((file) => files.get(file))) return false;
  const lines = linesOf(files);
  const line = choose(random, lines);
  const end = line?.indexOf('"payload":') ?? -1;
  const form = choose(random, forms);
  if (line === undefined || end === -1 || !form) return false;
  const [type, ...keys] = form;
  const ids = keys.map((key) => `,"${key}":${idFor(key, random, pool)}`).join('');
  const status = type === 'thread_ended' ? ',"status":"completed"' : '';
  const added = `${line.slice(0, end)}"payload":{"type":"${type}"${ids}${status}}}\n`;
  const at = random.integer(0, lines.length);
  files.set(LOG_FILE, lines.toSpliced(at, 0, added).join(''));
  return true;
};
