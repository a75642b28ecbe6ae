import type { ResponseItem } from '../../src/recorder/index.js';

/** Items of a conversation, as a provider of models spells them. */
export const userMessage = (id: string, text: string): ResponseItem => ({
  type: 'message',
  id,
  role: 'user',
  content: [{ type: 'input_text', text }],
});

export const assistantMessage = (id: string, text: string): ResponseItem => ({
  type: 'message',
  id,
  role: 'assistant',
  content: [{ type: 'output_text', text }],
});

export const functionOutput = (call_id: string, output: string): ResponseItem => ({
  type: 'function_call_output',
  id: `output ${call_id}`,
  call_id,
  output,
});

export const codeCall = (call_id: string, input: string): ResponseItem => ({
  type: 'custom_tool_call',
  id: `item ${call_id}`,
  status: 'completed',
  call_id,
  name: 'exec',
  input,
});

export const letter = (id: string, author: string, recipient: string, text: string): ResponseItem => ({
  type: 'agent_message',
  id,
  author,
  recipient,
  content: [{ type: 'input_text', text }],
});
