import type { WireInteger } from '../../model/integers.js';
import type {
  CodeCellId,
  CodexTurnId,
  ConversationItemId,
  InferenceCallId,
  ModelVisibleCallId,
  RawPayloadId,
  ThreadId,
  ToolCallId,
} from '../../model/ids.js';
import type { ExecutionWindow } from '../../model/execution.js';
import type { ToolCallKind } from '../../model/tool-kind.js';

export interface ToolsState {
  readonly tools: Map<ToolCallId, KnownTool>;
  /** The tool that the model asked for by a call id; there is at most one. */
  readonly toolOfCall: Map<ModelVisibleCallId, ToolCallId>;
  /** Call and output items by call id, for tools that start after them. */
  readonly itemsOfCall: Map<ModelVisibleCallId, CallItem[]>;
  readonly callItems: Map<ConversationItemId, CallItem>;
  /** Responses that brought an item; normally one. */
  readonly responsesWith: Map<ConversationItemId, InferenceCallId[]>;
  readonly itemsOfResponse: Map<InferenceCallId, readonly ConversationItemId[]>;
  /**
   * Items whose next sighting will link something: a call item whose response was complete only after its
   * tool was attached, or an item of another thread than that of the tool.
   */
  readonly awaitsSighting: Set<ConversationItemId>;
  /** Graph ids of code cells, by thread and handle. */
  readonly cells: Map<ThreadId, Map<string, CodeCellId>>;
  /** For starts that name a turn only. */
  readonly threadOfTurn: Map<CodexTurnId, ThreadId>;
  /** Where a start without any context goes. */
  firstThread: ThreadId | null;
}

export interface KnownTool {
  readonly thread_id: ThreadId;
  kind: ToolCallKind;
  readonly started_at_unix_ms: WireInteger;
  window: ExecutionWindow;
  readonly invocation: RawPayloadId | null;
  readonly runtime: RawPayloadId[];
  result: RawPayloadId | null;
  readonly callItems: ConversationItemId[];
  readonly outputItems: ConversationItemId[];
  readonly linkedResponses: Set<InferenceCallId>;
  mcpCallId: string | null;
}

/** An item with a call id. */
export interface CallItem {
  readonly id: ConversationItemId;
  readonly thread_id: ThreadId;
  readonly call_id: ModelVisibleCallId;
  readonly side: 'call' | 'output';
}

export const initialTools = (): ToolsState => ({
  tools: new Map(),
  toolOfCall: new Map(),
  itemsOfCall: new Map(),
  callItems: new Map(),
  responsesWith: new Map(),
  itemsOfResponse: new Map(),
  awaitsSighting: new Set(),
  cells: new Map(),
  threadOfTurn: new Map(),
  firstThread: null,
});

/** All payloads of a tool so far, each once. */
export const evidenceOf = ({ invocation, runtime, result }: KnownTool): readonly RawPayloadId[] => {
  const evidence =
    invocation === null ? [...runtime] : [invocation, ...runtime.filter((id) => id !== invocation)];
  if (result !== null && !evidence.includes(result)) evidence.push(result);
  return evidence;
};
