import type { JsonObject } from './recorder.js';

/** Items of a conversation, as they stand in requests and responses. */

export const message = (role: 'developer' | 'user' | 'assistant', text: string): JsonObject => ({
  type: 'message',
  role,
  content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
});

export const finalAnswer = (text: string): JsonObject => ({
  ...message('assistant', text),
  phase: 'final_answer',
});

export const reasoning = (summary: string, encrypted_content: string): JsonObject => ({
  type: 'reasoning',
  summary: [{ type: 'summary_text', text: summary }],
  content: null,
  encrypted_content,
});

export const functionCall = (call_id: string, name: string, args: JsonObject): JsonObject => ({
  type: 'function_call',
  name,
  arguments: JSON.stringify(args),
  call_id,
});

export const functionOutput = (call_id: string, output: string): JsonObject => ({
  type: 'function_call_output',
  call_id,
  output,
});

export const customCall = (call_id: string, name: string, input: string): JsonObject => ({
  type: 'custom_tool_call',
  status: 'completed',
  call_id,
  name,
  input,
});

export const customOutput = (call_id: string, output: string): JsonObject => ({
  type: 'custom_tool_call_output',
  call_id,
  output,
});

export const letter = (author: string, recipient: string, text: string): JsonObject => ({
  type: 'agent_message',
  author,
  recipient,
  content: [{ type: 'input_text', text }],
});

export const compacted = (encrypted_content: string): JsonObject => ({
  type: 'compaction',
  encrypted_content,
});
