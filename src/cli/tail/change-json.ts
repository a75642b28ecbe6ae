import type { Problem } from '../../errors/trace-error.js';
import { quoteJson } from '../../json/compact.js';
import { tableNames } from '../../model/rollout-trace.js';
import type { TailSnapshot } from '../../node/tail/tail-snapshot.js';
import { exactJson } from '../exact-json.js';

/** Characters after which a chunk is given out, so that the first object of a long session is no single string. */
const CHUNK = 1 << 15;

/**
 * One JSON object on one line: what changed in a session, as chunks. All objects of a directory, laid one over the
 * other, give what `reduce` would print:
 *
 * - `directory`: the session; `events`: events of its log so far
 * - `restart`: not null where all objects before count no more
 * - `header`: the fields of the graph besides its tables, where one of them changed
 * - `tables`: by table and id the rows that changed; null for a row that is gone
 * - `diagnostics`: new problems; of those before, the first `kept_diagnostics` still hold
 * - `pending`: what waits for something that may still come
 *
 * Integers have all their digits. That is why the `ndjson` package does not print this: it prints by
 * JSON.stringify, which knows no integers beyond the exact range of numbers.
 */
export function* changeJson(
  before: TailSnapshot | undefined,
  snapshot: TailSnapshot,
): Generator<string, void, undefined> {
  const known = snapshot.restart === null ? before : undefined;
  const { directory, events, restart, trace, changes, pending } = snapshot;
  let chunk = `{"directory":${quoteJson(directory)},"events":${events},"restart":${exactJson(restart)}`;
  const header = exactJson(headerOf(snapshot));
  if (known === undefined || header !== exactJson(headerOf(known))) chunk += `,"header":${header}`;
  chunk += ',"tables":{';
  let tableSeparator = '';
  for (const [name, ids] of changes) {
    chunk += `${tableSeparator}"${name}":{`;
    tableSeparator = ',';
    let separator = '';
    for (const id of ids) {
      chunk += `${separator}${quoteJson(id)}:${exactJson(trace[name].get(id) ?? null)}`;
      separator = ',';
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
    chunk += '}';
  }
  const kept = keptOf(known?.diagnostics ?? [], snapshot.diagnostics);
  const added = snapshot.diagnostics.slice(kept);
  yield `${chunk}},"diagnostics":${exactJson(added)},"kept_diagnostics":${kept},"pending":${exactJson(pending)}}\n`;
}

const headerOf = ({ trace }: TailSnapshot): object => {
  const tables: ReadonlySet<string> = new Set(tableNames);
  return Object.fromEntries(Object.entries(trace).filter(([name]) => !tables.has(name)));
};

/** How many problems two lists begin with. A list that did not change is the same one. */
const keptOf = (before: readonly Problem[], now: readonly Problem[]): number => {
  if (before === now) return now.length;
  const end = now.findIndex((problem, index) => !sameProblem(problem, before[index]));
  return end === -1 ? now.length : end;
};

const sameProblem = (a: Problem, b: Problem | undefined): boolean =>
  a === b || (b !== undefined && exactJson(a) === exactJson(b));
