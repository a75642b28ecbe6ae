import type { Explanation } from '../../answers/explain.js';
import { rowsOf, type ObjectRef } from '../../answers/objects.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';
import { fit } from '../columns.js';
import { aligned, type Page } from '../page.js';
import { oneLine } from '../words.js';
import { excerpt, type Density } from './density.js';
import { headline, section, unresolvedLines } from './explanation-text.js';
import { itemText } from './object-words.js';
import { payloadText } from './payload-text.js';
import type { Question } from './question.js';
import { statementLines } from './statement-lines.js';

/** One object: what it is, what it held, all that it belongs to, and its fields. */
export function* objectText(
  question: Question,
  explanation: Explanation,
  density: Density,
): Generator<string, void, undefined> {
  const { trace, page } = question;
  const { object, causes, effects, unresolved } = explanation;
  for (const line of headline(trace, explanation, page)) yield `${line}\n`;
  for (const { title, text } of contents(question, object)) {
    yield* section(page, title, textLines(text, density, page));
  }
  yield* section(page, 'Led to it', statementLines({ trace, object, side: 'cause', page }, causes));
  yield* section(page, 'Came of it', statementLines({ trace, object, side: 'effect', page }, effects));
  yield* section(page, 'Never resolved', unresolvedLines(unresolved, page));
  yield* section(page, 'Fields', fieldLines(trace, object, page));
}

const textLines = (text: string, density: Density, page: Page): readonly string[] =>
  excerpt(text, density).map((line) => `  ${density === 'full' ? line : fit(line, page.width - 2)}`);

interface Content {
  readonly title: string;
  readonly text: string;
}

/** The recorded texts of an object, in the order in which they came about. */
const contents = ({ trace, payloads }: Question, { table, id }: ObjectRef): readonly Content[] => {
  const inPayload = (title: string, payload: string | null | undefined): Content => ({
    title,
    text: typeof payload === 'string' ? payloadText(trace, payloads, payload) : '',
  });
  return contentsOf(trace, { table, id }, inPayload).filter(({ text }) => text !== '');
};

const contentsOf = (
  trace: RolloutTrace,
  { table, id }: ObjectRef,
  inPayload: (title: string, payload: string | null | undefined) => Content,
): readonly Content[] => {
  switch (table) {
    case 'conversation_items':
      return [{ title: 'The model saw', text: textOf(trace, [id]) }];
    case 'code_cells':
      return [{ title: 'Source', text: trace.code_cells.get(id)?.source_js ?? '' }];
    case 'tool_calls': {
      const row = trace.tool_calls.get(id);
      return [
        inPayload('Invocation', row?.raw_invocation_payload_id),
        inPayload('Result', row?.raw_result_payload_id),
        { title: 'The model saw', text: textOf(trace, row?.model_visible_output_item_ids ?? []) },
      ];
    }
    case 'terminal_operations': {
      const row = trace.terminal_operations.get(id);
      return [
        { title: 'Printed to stdout', text: row?.result?.stdout ?? '' },
        { title: 'Printed to stderr', text: row?.result?.stderr ?? '' },
      ];
    }
    case 'raw_payloads':
      return [inPayload('Content', id)];
    default:
      return [];
  }
};

const textOf = (trace: RolloutTrace, items: readonly string[]): string => {
  const rows = items.flatMap((id) => rowsOf(trace, 'conversation_items').get(id) ?? []);
  return rows.map(itemText).join('\n');
};

/** Fields that hold one value, under the names of the format; lists and what is null show as links or not at all. */
const fieldLines = (trace: RolloutTrace, { table, id }: ObjectRef, page: Page): readonly string[] =>
  aligned(
    fieldsIn(trace[table].get(id) ?? {}).map(([name, value]) => [`  ${name}`, oneLine(String(value))]),
  ).map((line) => fit(line, page.width));

const fieldsIn = (value: object, prefix = ''): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (member === null || member === undefined || Array.isArray(member)) return [];
    if (typeof member === 'object') return fieldsIn(member, `${prefix}${key}.`);
    return texts.has(key) ? [] : [[`${prefix}${key}`, member]];
  });

/** Fields that are shown as texts. */
const texts: ReadonlySet<string> = new Set(['source_js', 'stdout', 'stderr']);
