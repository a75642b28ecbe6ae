import type { ToolCallKind } from '../../model/tool-kind.js';
import type { ItemFields } from './items.js';

/** A message between two agents. */
export interface Letter {
  readonly kind: 'task' | 'message' | 'answer';
  readonly author: string;
  readonly recipient: string;
  readonly text: string;
}

/** What a tool does to another agent. */
export interface AgentAction {
  readonly type: 'spawn_agent' | 'assign_agent_task' | 'send_message' | 'close_agent';
  readonly callId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly receiverPath: string;
  readonly prompt: string;
}

export interface ProcessEnd {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
}

/** What recordings of one schema have differently from those of another. */
export interface Dialect {
  /** The id of an item; undefined where items have none. */
  readonly itemId: (number: number) => string | undefined;
  /** Whether each item that enters a history gets a receipt, a cell a tool, a write its target. */
  readonly hasReceipts: boolean;
  /** Fields of a runtime start beside the call and its payload. */
  readonly runtimeStart: (kind: ToolCallKind) => { readonly kind?: ToolCallKind };
  readonly processEnd: (end: ProcessEnd) => object;
  /** The item that brings a letter to its recipient. */
  readonly letter: (letter: Letter) => ItemFields;
  /** The words of an answer, as its observation has them. */
  readonly answer: (letter: Letter) => string;
  /** Whether the runtime also tells that an action begins, and what of it. */
  readonly actionBegin: ((action: AgentAction) => object) | undefined;
  readonly actionEnd: (action: AgentAction) => object;
}

export const processStart = (command: string): object => ({
  command: ['sh', '-c', command],
  cwd: '/project',
});
