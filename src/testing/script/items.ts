/** What an item says, before a schema gives it an id. */
export interface ItemFields {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** An item as it stands in payloads. */
export interface Item {
  /** Undefined in schema 1, which records none. */
  readonly id: string | undefined;
  readonly json: ItemFields;
}

type Role = 'developer' | 'user' | 'assistant';

export const message = (role: Role, text: string, phase?: 'commentary' | 'final_answer'): ItemFields => ({
  type: 'message',
  role,
  ...(phase && { phase }),
  content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
});

export const reasoning = (summary: string, blob: string): ItemFields => ({
  type: 'reasoning',
  summary: [{ type: 'summary_text', text: summary }],
  content: null,
  encrypted_content: blob,
});

export const functionCall = (name: string, callId: string, args: object): ItemFields => ({
  type: 'function_call',
  name,
  arguments: JSON.stringify(args),
  call_id: callId,
});

export const functionOutput = (callId: string, output: string): ItemFields => ({
  type: 'function_call_output',
  call_id: callId,
  output,
});

export const cellCall = (callId: string, source: string): ItemFields => ({
  type: 'custom_tool_call',
  status: 'completed',
  call_id: callId,
  name: 'exec',
  input: source,
});

export const cellOutput = (callId: string, output: string): ItemFields => ({
  type: 'custom_tool_call_output',
  call_id: callId,
  output,
});

export const summaryItem = (blob: string): ItemFields => ({ type: 'compaction', encrypted_content: blob });
