import { findObjects, type ObjectRef, type TableName } from 'rollout-trace';
import { withoutEscapes } from '../terminal/pieces.js';
import { itemText, itemTitle, operationLine, toolLine, toolName } from './labels.js';
import { objectLabel } from './object-labels.js';
import { remembered } from './remembered.js';
import type { Moment } from './moment.js';

export interface SearchRequest {
  readonly at: number;
  readonly text: string;
  /** Null for all. */
  readonly thread: string | null;
  readonly tables: readonly TableName[] | null;
  readonly status: string | null;
}

export interface SearchHit {
  readonly ref: ObjectRef;
  readonly thread: string | null;
  readonly title: string;
  /** What stands around the text, and where in it the text is. */
  readonly snippet: string;
  readonly from: number;
  readonly to: number;
}

/** What is searched of one object. */
interface Document {
  readonly ref: ObjectRef;
  readonly thread: string | null;
  readonly status: string | null;
  readonly title: string;
  readonly text: string;
  /** Whether it is asked for by its id or name: it is found whatever it says. */
  readonly isNamed?: true;
}

const MOST_HITS = 300;
const AROUND = 60;

/**
 * Looks everywhere, whatever is shown: in every thread, in every output, and in the bytes of the payloads. What
 * has the text as its id or name, or has an id that begins with it, comes first.
 */
export const search = (
  moment: Moment,
  { text, thread, tables, status }: SearchRequest,
): readonly SearchHit[] => {
  const wanted = text.trim();
  if (wanted === '' && status === null) return [];
  const isAsked = ({ ref, thread: own, status: stands }: Document): boolean =>
    (thread === null || own === thread) &&
    (tables === null || tables.includes(ref.table)) &&
    (status === null || stands === status);
  const hits = new Map<string, SearchHit>();
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  for (const documents of [namedDocuments(moment, wanted), documentsOf(moment)]) {
    for (const document of documents) {
      if (hits.size >= MOST_HITS) break;
      const key = `${document.ref.table} ${document.ref.id}`;
      if (hits.has(key) || !isAsked(document)) continue;
      const hit = hitIn(document, pattern);
      if (hit) hits.set(key, hit);
    }
  }
  return [...hits.values()];
};

const hitIn = ({ ref, thread, title, text, isNamed }: Document, pattern: RegExp): SearchHit | undefined => {
  const hit = { ref, thread, title };
  const found = pattern.exec(text);
  if (!found) {
    if (!isNamed && !pattern.test(title)) return undefined;
    return { ...hit, snippet: text.slice(0, 2 * AROUND), from: 0, to: 0 };
  }
  const start = Math.max(0, found.index - AROUND);
  const end = found.index + found[0].length;
  return { ...hit, snippet: text.slice(start, end + AROUND), from: found.index - start, to: end - start };
};

/** Logs of others know many objects by other names than the trace. */
const namedDocuments = ({ trace }: Moment, name: string): readonly Document[] =>
  name === ''
    ? []
    : findObjects(trace, name).map((ref) => {
        const row = ref.table === 'raw_payloads' ? undefined : trace[ref.table].get(ref.id);
        const thread = row && 'thread_id' in row ? row.thread_id : null;
        const status = row && 'execution' in row ? row.execution.status : null;
        return { ref, thread, status, title: objectLabel(trace, ref), text: ref.id, isNamed: true };
      });

function* documentsOf({ trace, payloads }: Moment): Generator<Document, void, undefined> {
  for (const [id, row] of trace.threads) {
    const text = [row.agent_path, row.nickname, row.default_model].filter((each) => each !== null).join(' ');
    yield {
      ref: { table: 'threads', id },
      thread: id,
      status: row.execution.status,
      title: row.agent_path,
      text,
    };
  }
  for (const [id, row] of trace.conversation_items) {
    yield {
      ref: { table: 'conversation_items', id },
      thread: row.thread_id,
      status: null,
      title: itemTitle(row),
      text: withoutEscapes(itemText(row)),
    };
  }
  for (const [id, row] of trace.tool_calls) {
    const { execution, summary } = row;
    const previews = summary.type === 'generic' ? [summary.input_preview, summary.output_preview] : [];
    const text = [toolLine(trace, row), ...previews].filter((each) => each !== null).join('\n');
    yield {
      ref: { table: 'tool_calls', id },
      thread: row.thread_id,
      status: execution.status,
      title: toolName(row.kind),
      text,
    };
  }
  for (const [id, row] of trace.terminal_operations) {
    const thread = trace.tool_calls.get(row.tool_call_id)?.thread_id ?? null;
    const text = [operationLine(row), row.result?.stdout, row.result?.stderr, row.result?.formatted_output]
      .filter((each) => typeof each === 'string')
      .map(withoutEscapes)
      .join('\n');
    yield {
      ref: { table: 'terminal_operations', id },
      thread,
      status: row.execution.status,
      title: row.kind,
      text,
    };
  }
  for (const [id, row] of trace.code_cells) {
    yield {
      ref: { table: 'code_cells', id },
      thread: row.thread_id,
      status: row.runtime_status,
      title: 'code cell',
      text: row.source_js,
    };
  }
  for (const [id, row] of trace.inference_calls) {
    const text = [row.model, row.response_id, row.upstream_request_id]
      .filter((each) => each !== null)
      .join(' ');
    yield {
      ref: { table: 'inference_calls', id },
      thread: row.thread_id,
      status: row.execution.status,
      title: 'request',
      text,
    };
  }
  for (const [id, row] of trace.codex_turns) {
    yield {
      ref: { table: 'codex_turns', id },
      thread: row.thread_id,
      status: row.execution.status,
      title: 'turn',
      text: id,
    };
  }
  const idOf = new Map(
    [...trace.raw_payloads].map(([id, { path, kind }]) => [path, { id, kind: kind.type }]),
  );
  for (const [path, body] of payloads.pieces()) {
    const ref = idOf.get(path);
    if (!ref) continue;
    const title = `${ref.kind.replaceAll('_', ' ')} (${path})`;
    yield {
      ref: { table: 'raw_payloads', id: ref.id },
      thread: null,
      status: null,
      title,
      text: textOf(body),
    };
  }
}

const utf8 = new TextDecoder();

/** The text stays as long as the bytes do: it is searched at every letter that is typed. */
const textOf = remembered((body: Uint8Array) => utf8.decode(body));
