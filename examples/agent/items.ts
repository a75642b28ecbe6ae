import { randomUUID } from 'node:crypto';

/** Items of a conversation in the form of the Responses API. */

export const message = (role: 'user' | 'assistant', text: string) => ({
  type: 'message' as const,
  id: `msg_${randomUUID()}`,
  role,
  content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
});

export const functionCall = (name: string, args: { readonly [name: string]: string }) => ({
  type: 'function_call' as const,
  id: `fc_${randomUUID()}`,
  call_id: `call_${randomUUID()}`,
  name,
  arguments: JSON.stringify(args),
});

/** JavaScript that the model wants to be run. */
export const codeCall = (input: string) => ({
  type: 'custom_tool_call' as const,
  id: `ctc_${randomUUID()}`,
  call_id: `call_${randomUUID()}`,
  name: 'exec',
  input,
});

export const outputOf = ({ type, call_id }: Call, output: string) => ({
  type: `${type}_output` as const,
  id: `out_${randomUUID()}`,
  call_id,
  output,
});

/** What one agent sends to another. */
export const letter = (author: string, recipient: string, text: string) => ({
  type: 'agent_message' as const,
  id: `amsg_${randomUUID()}`,
  author,
  recipient,
  content: [{ type: 'input_text', text }],
});

export type CodeCall = ReturnType<typeof codeCall>;
export type Call = ReturnType<typeof functionCall> | CodeCall;
export type Item =
  Call | ReturnType<typeof message> | ReturnType<typeof outputOf> | ReturnType<typeof letter>;
