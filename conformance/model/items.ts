import type { ModelRequest, ToolName } from './request.js';

/** An item that a model answers with, without what only a request can add to it: ids, and where a tool is. */
export type ItemDraft =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'function_call'; readonly tool: ToolName; readonly args: Arguments }
  | { readonly type: 'custom_tool_call'; readonly name: string; readonly input: string }
  | { readonly type: 'verbatim'; readonly item: WireItem };

type Arguments = Readonly<Record<string, unknown>>;

/** An item as it goes over the wire. */
export interface WireItem {
  readonly type: string;
  readonly [member: string]: unknown;
}

export const message = (text: string): ItemDraft => ({ type: 'message', text });
export const reasoning = (text: string): ItemDraft => ({ type: 'reasoning', text });
export const verbatim = (item: WireItem): ItemDraft => ({ type: 'verbatim', item });

/** A call of a function with arguments. */
export const call = (tool: string | ToolName, args: Arguments): ItemDraft => ({
  type: 'function_call',
  tool: typeof tool === 'string' ? { name: tool } : tool,
  args,
});

/** A call of a tool that takes a text. */
export const callWithText = (name: string, input: string): ItemDraft => ({
  type: 'custom_tool_call',
  name,
  input,
});

export const shell = (cmd: string, more: Arguments = {}): ItemDraft => call('exec_command', { cmd, ...more });

export const javascript = (source: string): ItemDraft => callWithText('exec', source);

/** The item as the answer to a request holds it. `key` is its own among all answers of a server. */
export const wireItem = (draft: ItemDraft, request: ModelRequest, key: string): WireItem => {
  switch (draft.type) {
    case 'message': {
      const content = [{ type: 'output_text', text: draft.text, annotations: [] }];
      return { type: 'message', id: `msg_${key}`, role: 'assistant', content };
    }
    case 'reasoning': {
      const summary = draft.text === '' ? [] : [{ type: 'summary_text', text: draft.text }];
      return { type: 'reasoning', id: `rs_${key}`, summary, encrypted_content: `secret ${key}` };
    }
    case 'function_call': {
      const { tool, args } = draft;
      const place = request.placeOf(tool.name) ?? tool;
      return {
        type: 'function_call',
        id: `fc_${key}`,
        call_id: `call_${key}`,
        ...place,
        arguments: JSON.stringify(args),
      };
    }
    case 'custom_tool_call': {
      const { name, input } = draft;
      return {
        type: 'custom_tool_call',
        id: `ctc_${key}`,
        call_id: `call_${key}`,
        status: 'completed',
        name,
        input,
      };
    }
    case 'verbatim':
      return draft.item;
  }
};
