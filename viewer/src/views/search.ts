import type { TableName } from 'rollout-trace';
import type { ObjectRef } from './protocol.js';
import { itemText, itemTitle, operationLine, toolLine, toolName } from './labels.js';
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
}

const MOST_HITS = 300;
const AROUND = 60;

/** Looks everywhere, whatever is shown: in every thread, in every output, and in the bytes of the payloads. */
export const search = (
  moment: Moment,
  { text, thread, tables, status }: SearchRequest,
): readonly SearchHit[] => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && status === null) return [];
  const hits: SearchHit[] = [];
  const isAsked = (document: Document): boolean =>
    (thread === null || document.thread === thread) &&
    (tables === null || tables.includes(document.ref.table)) &&
    (status === null || document.status === status);
  for (const document of documentsOf(moment)) {
    if (!isAsked(document)) continue;
    const hit = hitIn(document, wanted);
    if (hit) hits.push(hit);
    if (hits.length >= MOST_HITS) return hits;
  }
  return hits;
};

const hitIn = ({ ref, thread, title, text }: Document, wanted: string): SearchHit | undefined => {
  const at = wanted === '' ? 0 : text.toLowerCase().indexOf(wanted);
  const hit = { ref, thread, title };
  if (at === -1) {
    const isNamed = ref.id.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted);
    return isNamed ? { ...hit, snippet: text.slice(0, 2 * AROUND), from: 0, to: 0 } : undefined;
  }
  const start = Math.max(0, at - AROUND);
  const snippet = text.slice(start, at + wanted.length + AROUND);
  return { ...hit, snippet, from: at - start, to: at - start + wanted.length };
};

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
      text: itemText(row),
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
      text: utf8.decode(body),
    };
  }
}

const utf8 = new TextDecoder();
