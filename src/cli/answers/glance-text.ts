import type { Counts, Glance, ThreadGlance } from '../../answers/glance.js';
import { threadOf, type ObjectRef } from '../../answers/objects.js';
import type { AgentThread } from '../../model/session.js';
import type { Reduction } from '../../streams/assemble.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import { fit } from '../columns.js';
import { laidOut, type Page } from '../page.js';
import { plainText } from '../plain-text.js';
import { drawTree } from '../thread-tree.js';
import { amountOf, counted, oneLine } from '../words.js';
import { agentWords, fineDuration, kindWords, objectWords } from './object-words.js';
import { section, unresolvedLines } from './explanation-text.js';

/** Objects of a list that are shown. */
const SHOWN = 10;

/** A session at a glance: who was there and what it took, then what went wrong or never ended. */
export function* glanceText(
  { trace, unresolved }: Reduction,
  { threads, counts }: Glance,
  page: Page,
): Generator<string, void, undefined> {
  yield `${page.style('bold', fit(heading(trace), page.width))}\n`;
  for (const line of threadLines(trace, threads, counts, page)) yield `${line}\n`;
  yield* section(page, 'Failed', objectLines(trace, counts.failed, page));
  yield* section(page, 'Never ended', objectLines(trace, counts.unfinished, page));
  yield* section(page, 'Never resolved', unresolvedLines(unresolved, page));
  const compactions = trace.compactions.keys().map((id): ObjectRef => ({ table: 'compactions', id }));
  yield* section(page, 'Compactions', objectLines(trace, compactions, page));
}

const heading = (trace: RolloutTrace): string => {
  const { started_at_unix_ms, ended_at_unix_ms, status } = trace;
  const end =
    ended_at_unix_ms === null
      ? status
      : `${status} after ${fineDuration(started_at_unix_ms, ended_at_unix_ms)}`;
  const isCutOff = trace.schema_version === 2 ? !trace.recording_complete : ended_at_unix_ms === null;
  return `session ${oneLine(trace.rollout_id)}: ${end}${isCutOff ? '; the recording stops early' : ''}`;
};

const threadLines = (
  trace: RolloutTrace,
  threads: readonly ThreadGlance[],
  total: Counts,
  page: Page,
): readonly string[] => {
  const known = threads.flatMap((thread) => {
    const row = trace.threads.get(thread.thread_id);
    return row ? [{ ...thread, row }] : [];
  });
  const rowOf = (id: string): AgentThread | undefined => trace.threads.get(id);
  const rows = drawTree(known, rowOf).map(({ thread, prefix, name }) => [
    prefix + oneLine(name),
    timeWords(thread),
    ...countCells(thread.counts),
    thread.models.map(oneLine).join(', '),
    notes(thread.counts),
  ]);
  const all = ['all agents', '', ...countCells(total), '', notes(total)];
  return laidOut(rows.length > 1 ? [...rows, all] : rows, page, { right: [1, 2, 3, 4] });
};

const timeWords = ({ execution }: ThreadGlance): string => {
  const { status, started_at_unix_ms, ended_at_unix_ms } = execution;
  if (ended_at_unix_ms === null) return 'never ended';
  const time = fineDuration(started_at_unix_ms, ended_at_unix_ms);
  return status === 'completed' ? time : `${status} after ${time}`;
};

const countCells = (counts: Counts): readonly string[] => [
  counted(counts.turns, 'turn'),
  counted(counts.inference_calls, 'model call'),
  counted(counts.tool_calls, 'tool'),
  tokenWords(counts.usage),
];

const notes = (counts: Counts): string =>
  [
    counts.code_cells > 0 ? counted(counts.code_cells, 'code cell') : '',
    counts.compactions > 0 ? counted(counts.compactions, 'compaction') : '',
    counts.failed.length > 0 ? `${counts.failed.length} failed` : '',
    counts.unfinished.length > 0 ? `${counts.unfinished.length} never ended` : '',
  ]
    .filter((words) => words !== '')
    .join(', ');

/** `in 6.4k (3.2k cached) out 560 (120 reasoning)`. */
export const tokenWords = (usage: Counts['usage']): string => {
  const [input, cached, output, reasoning] = [
    usage.input_tokens,
    usage.cached_input_tokens,
    usage.output_tokens,
    usage.reasoning_output_tokens,
  ].map((amount) => amountOf(BigInt(amount)));
  return `in ${input} (${cached} cached) out ${output} (${reasoning} reasoning)`;
};

const objectLines = (trace: RolloutTrace, objects: readonly ObjectRef[], page: Page): readonly string[] => {
  const rows = objects
    .slice(0, SHOWN)
    .map((object) => [
      plainText(object.id),
      kindWords[object.table],
      agentWords(trace, threadOf(trace, object)),
      objectWords(trace, object),
    ]);
  const rest = objects.length - SHOWN;
  const lines = laidOut(rows, page, { indent: 2 });
  return rest > 0 ? [...lines, `  … and ${rest} more (--json lists all)`] : lines;
};
