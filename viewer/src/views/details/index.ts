import type { TableName } from 'rollout-trace';
import { compactionDetail, compactionRequestDetail, inferenceDetail, itemDetail } from './model.js';
import { payloadDetail } from './payloads.js';
import { edgeDetail, threadDetail, turnDetail } from './session.js';
import { operationDetail, terminalDetail } from './terminals.js';
import { cellDetail, toolDetail } from './tools.js';
import type { Teller } from './parts.js';

/** What each kind of object tells of itself. */
export const details: { readonly [T in TableName]: Teller } = {
  threads: threadDetail,
  codex_turns: turnDetail,
  conversation_items: itemDetail,
  inference_calls: inferenceDetail,
  code_cells: cellDetail,
  tool_calls: toolDetail,
  terminal_sessions: terminalDetail,
  terminal_operations: operationDetail,
  compactions: compactionDetail,
  compaction_requests: compactionRequestDetail,
  interaction_edges: edgeDetail,
  raw_payloads: payloadDetail,
};
