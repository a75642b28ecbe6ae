import * as z from 'zod/mini';
import type { PayloadBody } from '../bundle/payload.js';
import { field, isRecord } from '../json/access.js';
import { compactJson } from '../json/compact.js';
import { sliceAt, type JsonPath } from '../json/locate.js';
import { holdsWideInteger } from '../json/wide-integer.js';
import type { TerminalOperation, TerminalResult } from '../model/runtime.js';
import { i32, optional, u64 } from '../model/wire.js';
import { noResult, type CommandEndForm, type TerminalEnd } from './command-end.js';
import { readTyped, type Typed } from '../serde/typed.js';

/** What the dispatcher gave back: to the model, to JavaScript, or an error. Other members are ignored. */
const dispatchSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('direct_response'), response_item: present() }),
  z.object({ type: z.literal('code_mode_response'), value: present() }),
  z.object({ type: z.literal('error'), error: z.string() }),
]);

function present() {
  return z.custom<unknown>((value) => value !== undefined, 'is missing');
}

/** The structured result that code mode hands to JavaScript. */
const codeModeSchema = z.object({
  chunk_id: optional(z.string()),
  exit_code: optional(i32),
  original_token_count: optional(u64),
  output: z.string(),
});

/** How an operation ended: the end of a command, or, for a write, the answer of the dispatcher. */
export const readTerminalEnd = (
  body: PayloadBody,
  kind: TerminalOperation['kind'],
  commandEnd: CommandEndForm,
): Typed<TerminalEnd> => {
  const protocol = commandEnd(body);
  if ('data' in protocol || kind === 'exec_command') return protocol;
  const dispatch = readTyped(dispatchSchema, body);
  if ('issue' in dispatch || holdsWideInteger(body.text)) {
    const why = 'issue' in dispatch ? dispatch.issue : 'holds an integer beyond 64 bits';
    return { issue: `is no protocol payload (${protocol.issue}) and no dispatch payload (${why})` };
  }
  return { data: { process_id: null, result: dispatchResult(dispatch.data, body) } };
};

const dispatchResult = (dispatch: z.infer<typeof dispatchSchema>, body: PayloadBody): TerminalResult => {
  switch (dispatch.type) {
    case 'direct_response': {
      const { value, path } = content(body, 'response_item');
      const text = textContent(field(value, 'output'), body, [...path, 'output']);
      return shown(text ?? compactAt(body, path));
    }
    case 'code_mode_response': {
      const { value, path } = content(body, 'value');
      return (
        codeModeResult(value, body, path) ?? shown(textContent(value, body, path) ?? compactAt(body, path))
      );
    }
    case 'error':
      return { ...noResult, stderr: dispatch.error, formatted_output: dispatch.error };
  }
};

/** What a tagged payload holds, in both of its forms: a member, or the place behind the tag of a list. */
const content = (body: PayloadBody, member: string): { value: unknown; path: JsonPath } =>
  Array.isArray(body.value)
    ? { value: body.value[1], path: [1] }
    : { value: field(body.value, member), path: [member] };

const codeModeResult = (value: unknown, body: PayloadBody, path: JsonPath): TerminalResult | undefined => {
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  const text = sliceAt(body.text, path) ?? 'null';
  const read = readTyped(codeModeSchema, { value, text }, [['exit_code'], ['original_token_count']]);
  if ('issue' in read) return undefined;
  const { chunk_id, exit_code, original_token_count, output } = read.data;
  return {
    ...shown(output),
    exit_code: exit_code ?? null,
    original_token_count: original_token_count ?? null,
    chunk_id: chunk_id ?? null,
  };
};

const shown = (text: string): TerminalResult => ({ ...noResult, stdout: text, formatted_output: text });

/** The text in a tool output: a string, the texts of a list joined by newlines, or other JSON compactly. */
const textContent = (value: unknown, body: PayloadBody, path: JsonPath): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return compactAt(body, path);
  const text = value
    .map((entry: unknown) => field(entry, 'text'))
    .filter((entry) => typeof entry === 'string')
    .join('\n');
  return text === '' ? undefined : text;
};

const compactAt = (body: PayloadBody, path: JsonPath): string =>
  compactJson(sliceAt(body.text, path) ?? 'null') ?? 'null';
