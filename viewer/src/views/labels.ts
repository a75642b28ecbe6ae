import type {
  ConversationItem,
  ConversationPart,
  RolloutTrace,
  TerminalOperation,
  ToolCall,
  ToolCallKind,
} from 'rollout-trace';
import { shortened } from './moment.js';
import { remembered } from './remembered.js';

type AnyItem = Pick<ConversationItem, 'kind' | 'role' | 'channel'> & {
  readonly body: { readonly parts: readonly AnyPart[] };
};
type AnyPart = WithoutHash<ConversationPart>;
/** Of each kind of part by itself: what only one of them has stays with it. */
type WithoutHash<Part> = Part extends unknown ? Omit<Part, 'content_sha256'> : never;

/** What a tool is, in the words of its kind. */
export const toolName = (kind: ToolCallKind): string => {
  if (kind.type === 'mcp') return `${kind.server}.${kind.tool}`;
  return kind.type === 'other' ? kind.name : kind.type;
};

/** A call in a list: its tool, and what it did where that says more. */
export const toolLabel = (trace: RolloutTrace, call: AnyCall): string => {
  const [name, line] = [toolName(call.kind), toolLine(trace, call)];
  return line === name ? name : `${name} ${line}`;
};

type AnyCall = Omit<ToolCall, 'started_code_cell_id'>;

/** What a call did, in one line. */
export const toolLine = (trace: RolloutTrace, call: AnyCall): string => {
  const { summary } = call;
  if (summary.type === 'terminal') {
    const operation = trace.terminal_operations.get(summary.operation_id);
    return operation ? operationLine(operation) : summary.operation_id;
  }
  if (summary.type === 'agent') return shortened(`${summary.target_agent_path}: ${summary.message_preview}`);
  if (summary.type === 'wait_agent') return summary.target_agent_path ?? 'any agent';
  return previewLine(summary);
};

const previewLine = remembered(({ input_preview, label }: Preview): string =>
  shortened(input_preview ?? label),
);
type Preview = Extract<ToolCall['summary'], { readonly type: 'generic' }>;

export const operationLine = ({ request }: TerminalOperation): string => requestLine(request);

const requestLine = remembered((request: TerminalOperation['request']): string => {
  if (request.type === 'exec_command') return shortened(request.display_command);
  return request.stdin === '' ? 'poll' : `stdin ${JSON.stringify(shortened(request.stdin))}`;
});

/** All that can be read of an item. */
export const itemText = ({ body }: AnyItem): string => bodyText(body);

const bodyText = remembered(({ parts }: AnyItem['body']): string => {
  const [first] = parts;
  if (first && parts.length === 1) return partText(first);
  return parts.map(partText).join('\n');
});

const partText = (part: AnyPart): string => {
  switch (part.type) {
    case 'text':
    case 'summary':
      return part.text;
    case 'json':
      return part.summary;
    case 'code':
      return part.source;
    case 'encoded':
      return `[${part.label}: ${part.value.length} characters]`;
    case 'payload_ref':
      return `[${part.label} in ${part.raw_payload_id}]`;
  }
};

export const itemTitle = ({ kind, role, channel }: AnyItem): string => {
  if (kind === 'message') return channel && channel !== 'final' ? `${role} (${channel})` : role;
  return kind.replaceAll('_', ' ');
};
