import type { ExecutionWindow } from './execution.js';
import type { AgentPath, CodexTurnId, ConversationItemId, EdgeId, ThreadId } from './ids.js';

/** One agent of the session: the root, or a child that a tool spawned. */
export interface AgentThread {
  readonly thread_id: ThreadId;
  /** Stable routing identity. */
  readonly agent_path: AgentPath;
  /** A hint for display; two agents may share it. */
  readonly nickname: string | null;
  readonly origin: AgentOrigin;
  /** A child may end long before the rollout does. */
  readonly execution: ExecutionWindow;
  /** The configured model; each inference call names the model that it really used. */
  readonly default_model: string | null;
  /** What was seen in this thread, in the order of the transcript. */
  readonly conversation_item_ids: readonly ConversationItemId[];
}

export type AgentOrigin =
  | { readonly type: 'root' }
  | {
      readonly type: 'spawned';
      readonly parent_thread_id: ThreadId;
      /** Edge that carried the task. It may be missing from the trace when the delivery never showed. */
      readonly spawn_edge_id: EdgeId;
      readonly task_name: string;
      readonly agent_role: string;
    };

/** One activation of the runtime for one thread. */
export interface CodexTurn {
  readonly codex_turn_id: CodexTurnId;
  readonly thread_id: ThreadId;
  readonly execution: ExecutionWindow;
  /** Part of the format; nothing fills it. */
  readonly input_item_ids: readonly ConversationItemId[];
}
