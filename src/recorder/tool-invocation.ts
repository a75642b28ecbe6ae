import type { RawEventBodyOf } from '../model/raw-event.js';
import type { ToolCallKind } from '../model/tool-kind.js';
import { valueOf, type Lazy } from './lazy.js';
import { namesCell } from './readable-input.js';
import type { ToolInput } from './tool-input.js';
import { inputPreview, kindOf, toolLabel } from './tool-names.js';

export interface ToolCall {
  readonly name: string;
  readonly namespace?: string | null | undefined;
  /** What the graph takes the tool for, where its name does not say it. */
  readonly kind?: ToolCallKind | undefined;
  readonly input: Lazy<ToolInput>;
}

type Invocation = Pick<RawEventBodyOf<'tool_call_started'>, 'kind' | 'summary'> & {
  /** What the payload holds; null where nothing could be learned of the input. */
  readonly payload: object | null;
};

/** @throws where readers would refuse the whole recording because of the input, or what makes it. */
export const invocationOf = (
  { name, namespace = null, kind, input }: ToolCall,
  mayUse: (terminal: string) => boolean,
): Invocation => {
  const payload = valueOf(input);
  if (name === 'wait' && !namesCell(payload)) {
    throw new TypeError('readers look for a cell_id in the arguments of every tool that is called wait');
  }
  return {
    kind: kindOf(name, kind, payload, mayUse),
    summary: summary(toolLabel(name, namespace, payload), inputPreview(payload)),
    payload: { tool_name: name, tool_namespace: namespace, payload },
  };
};

/** What the name alone says. */
export const namedInvocation = ({ name, namespace = null, kind }: ToolCall): Invocation => ({
  kind: kindOf(name, kind, null, () => false),
  summary: summary(toolLabel(name, namespace, null), null),
  payload: null,
});

const summary = (label: string, input_preview: string | null): Invocation['summary'] => ({
  type: 'generic',
  label,
  input_preview,
  output_preview: null,
});
