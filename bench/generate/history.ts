import { type Json, type JsonObject, pretty } from './bundle-writer.js';

export type ItemType =
  | 'message'
  | 'agent_message'
  | 'reasoning'
  | 'function_call'
  | 'function_call_output'
  | 'custom_tool_call'
  | 'custom_tool_call_output'
  | 'compaction';

/** What an item says, before a schema gives it an identity. */
export interface ItemFields extends JsonObject {
  readonly type: ItemType;
}

/**
 * An element of `input` or `output_items`, printed once at the depth it has there. Lists join such texts:
 * printing a whole history for each request would take minutes.
 */
export interface PrintedItem {
  readonly printed: string;
}

export interface HistoryItem extends PrintedItem {
  readonly fields: ItemFields;
  /** The id that receipts name; undefined where the schema knows none. */
  readonly id: string | undefined;
}

export function historyItem(fields: ItemFields, id?: string): HistoryItem {
  const { type, ...rest } = fields;
  return { fields, id, ...printedItem(id === undefined ? fields : { type, id, ...rest }) };
}

export function printedItem(value: JsonObject): PrintedItem {
  return { printed: pretty(value).replaceAll('\n', '\n    ') };
}

export function printList(items: readonly PrintedItem[]): string {
  if (items.length === 0) return '[]';
  return `[\n    ${items.map(({ printed }) => printed).join(',\n    ')}\n  ]`;
}

type Role = 'developer' | 'user' | 'assistant';
type Channel = 'commentary' | 'final_answer';

export function message(role: Role, text: string, phase?: Channel): ItemFields {
  const type = role === 'assistant' ? 'output_text' : 'input_text';
  const channel = phase === undefined ? {} : { phase };
  return { type: 'message', role, ...channel, content: [{ type, text }] };
}

export function reasoning(summary: string, encrypted: string): ItemFields {
  const parts = [{ type: 'summary_text', text: summary }];
  return { type: 'reasoning', summary: parts, content: null, encrypted_content: encrypted };
}

/**
 * A function call. The arguments have to be ASCII: the original cuts their JSON at byte 240 and, before
 * schema 2, panics when a longer character lies across that byte.
 */
export function functionCall(
  name: string,
  callId: string,
  args: string,
  namespace: string | null = null,
): ItemFields {
  const within = namespace === null ? {} : { namespace };
  return { type: 'function_call', name, ...within, arguments: args, call_id: callId };
}

export function functionOutput(callId: string, output: Json): ItemFields {
  return { type: 'function_call_output', call_id: callId, output };
}

export function cellCall(callId: string, source: string): ItemFields {
  return { type: 'custom_tool_call', status: 'completed', call_id: callId, name: 'exec', input: source };
}

export function cellOutput(callId: string, output: Json): ItemFields {
  return { type: 'custom_tool_call_output', call_id: callId, output };
}

export function compactionItem(encrypted: string): ItemFields {
  return { type: 'compaction', encrypted_content: encrypted };
}
