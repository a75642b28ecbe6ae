import type { ConversationItem } from '../model/conversation.js';
import type { ConversationItemId, ToolCallId } from '../model/ids.js';
import type { Relation } from './links.js';
import { rowsOf, type ObjectRef } from './objects.js';
import type { References } from './references.js';

/**
 * Where an item came from: a `response` of the model; a `tool`, a `terminal` that ran a command, or a `code_cell`;
 * another `agent`; a `compaction`. What nothing in the recording made came with the `request`, such as a prompt.
 */
export type ItemOrigin = 'request' | 'response' | 'tool' | 'terminal' | 'code_cell' | 'agent' | 'compaction';

export interface TranscriptEntry {
  readonly item: ConversationItem;
  readonly origin: ItemOrigin;
  /** Everything that had a part in making it. */
  readonly producers: readonly ObjectRef[];
  /** Tools that it asks for. */
  readonly asks_for: readonly ToolCallId[];
}

/**
 * What the model saw, in order. Of a thread: all that was in its conversation, with a `compaction_marker` where
 * another history took the place of what stands above. Of an inference call: what was sent, and the response.
 * Undefined for anything else.
 */
export const transcriptOf = (
  references: References,
  object: ObjectRef,
): readonly TranscriptEntry[] | undefined => {
  const items = rowsOf(references.trace, 'conversation_items');
  const tools = toolsByItem(references);
  return itemsOf(references, object)?.flatMap((id) => {
    const item = items.get(id);
    return item ? [{ item, ...producersOf(references, id), asks_for: tools.get(id) ?? [] }] : [];
  });
};

const toolsByItem = ({ trace }: References): ReadonlyMap<ConversationItemId, readonly ToolCallId[]> => {
  const tools = new Map<ConversationItemId, ToolCallId[]>();
  for (const { tool_call_id, model_visible_call_item_ids } of trace.tool_calls.values()) {
    for (const item of model_visible_call_item_ids) {
      tools.set(item, [...(tools.get(item) ?? []), tool_call_id]);
    }
  }
  return tools;
};

const itemsOf = (
  { trace }: References,
  { table, id }: ObjectRef,
): readonly ConversationItemId[] | undefined => {
  if (table === 'threads') return trace.threads.get(id)?.conversation_item_ids;
  const call = table === 'inference_calls' ? trace.inference_calls.get(id) : undefined;
  return call && [...call.request_item_ids, ...call.response_item_ids];
};

/** The relations by which something makes an item. */
const making: ReadonlySet<Relation> = new Set([
  'produced_by',
  'response_item_ids',
  'output_item_ids',
  'model_visible_output_item_ids',
  'marker_item_id',
  'replacement_item_ids',
  'target',
  'carried_item_ids',
]);

/** Tables of producers, the most telling first: a command says more than the tool that ran it. */
const origins = [
  ['compactions', 'compaction'],
  ['interaction_edges', 'agent'],
  ['terminal_operations', 'terminal'],
  ['code_cells', 'code_cell'],
  ['tool_calls', 'tool'],
  ['inference_calls', 'response'],
] as const;

const producersOf = (
  references: References,
  id: ConversationItemId,
): Pick<TranscriptEntry, 'origin' | 'producers'> => {
  const makers = references
    .causesOf({ table: 'conversation_items', id })
    .filter(({ relation }) => making.has(relation))
    .map(({ from }) => from);
  // What a tool that waited for a code cell gave, the cell has made.
  const cells = makers
    .flatMap((maker) => (maker.table === 'tool_calls' ? references.causesOf(maker) : []))
    .filter(({ relation }) => relation === 'wait_tool_call_ids')
    .map(({ from }) => from);
  const producers = [...makers, ...cells];
  const found = origins.find(([table]) => producers.some((by) => by.table === table));
  return { origin: found?.[1] ?? 'request', producers };
};
