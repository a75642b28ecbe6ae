import type { ObjectRef, RolloutTrace, TraceAnchor } from 'rollout-trace';
import { itemText, itemTitle, operationLine, toolLabel } from './labels.js';
import { shortened } from './moment.js';

/** Letters of a text that only reminds of something. */
const REMINDER = 80;

/** What an object is, in one line, for a link to it. */
export const objectLabel = (trace: RolloutTrace, { table, id }: ObjectRef): string => {
  switch (table) {
    case 'threads':
      return `agent ${trace.threads.get(id)?.agent_path ?? id}`;
    case 'codex_turns':
      return `turn ${id}`;
    case 'conversation_items': {
      const item = trace.conversation_items.get(id);
      return item ? `${itemTitle(item)}: ${shortened(itemText(item), REMINDER)}` : id;
    }
    case 'inference_calls':
      return `request to ${trace.inference_calls.get(id)?.model ?? id}`;
    case 'compaction_requests':
      return `compaction request to ${trace.compaction_requests.get(id)?.model ?? id}`;
    case 'code_cells':
      return `code cell: ${shortened(trace.code_cells.get(id)?.source_js ?? id, REMINDER)}`;
    case 'tool_calls': {
      const call = trace.tool_calls.get(id);
      return call ? shortened(toolLabel(trace, call), REMINDER) : id;
    }
    case 'terminal_sessions':
      return `terminal ${id}`;
    case 'terminal_operations': {
      const operation = trace.terminal_operations.get(id);
      return operation ? `$ ${operationLine(operation)}` : id;
    }
    case 'compactions':
      return 'compaction';
    case 'interaction_edges':
      return trace.interaction_edges.get(id)?.kind.replaceAll('_', ' ') ?? id;
    case 'raw_payloads':
      return trace.raw_payloads.get(id)?.path ?? id;
  }
};

export const anchoredObject = (anchor: TraceAnchor) => {
  switch (anchor.type) {
    case 'thread':
      return { table: 'threads', id: anchor.thread_id } as const;
    case 'tool_call':
      return { table: 'tool_calls', id: anchor.tool_call_id } as const;
    case 'conversation_item':
      return { table: 'conversation_items', id: anchor.item_id } as const;
  }
};
