import type { EventSource } from '../../facts/event-source.js';
import type { FactOf } from '../../facts/facts.js';
import { link } from '../../facts/writes.js';
import { compareUtf8 } from '../../json/order.js';
import type { ConversationItem } from '../../model/conversation.js';
import type { ConversationItemId, ToolCallId } from '../../model/ids.js';
import { eachSighting } from '../../facts/sightings.js';
import { pushTo } from '../../facts/keys.js';
import type { Emit } from '../projection.js';
import type { CallItem, KnownTool, ToolsState } from './state.js';

type ItemsEmit = Emit<'tool_items_linked'>;

/** Items came by, in their order: new ones find their tool, old ones complete a link that had to wait. */
export const sightItems = (state: ToolsState, fact: FactOf<'items_observed'>, emit: ItemsEmit): void =>
  eachSighting(
    fact,
    state.awaitsSighting,
    (row) => sightNew(state, fact.at, row, emit),
    (id) => {
      state.awaitsSighting.delete(id);
      const item = state.callItems.get(id);
      if (item) attach(state, fact.at, item, emit);
    },
  );

const sightNew = (state: ToolsState, at: EventSource, row: ConversationItem, emit: ItemsEmit): void => {
  const item = callItem(row);
  if (!item) return;
  state.callItems.set(item.id, item);
  pushTo(state.itemsOfCall, item.call_id, item);
  attach(state, at, item, emit);
};

const callItem = ({ item_id: id, thread_id, call_id, kind }: ConversationItem): CallItem | undefined => {
  if (call_id === null) return undefined;
  switch (kind) {
    case 'function_call':
    case 'custom_tool_call':
      return { id, thread_id, call_id, side: 'call' };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { id, thread_id, call_id, side: 'output' };
    case 'message':
    case 'reasoning':
    case 'compaction_marker':
      return undefined;
  }
};

/** The tool of a call id takes the item, whatever thread the item is in. */
const attach = (state: ToolsState, at: EventSource, item: CallItem, emit: ItemsEmit): void => {
  const id = state.toolOfCall.get(item.call_id);
  const tool = id === undefined ? undefined : state.tools.get(id);
  if (id === undefined || !tool) return;
  if (item.side === 'call') {
    addCallItem(id, tool, item.id, emit);
    linkResponses(state, id, tool, emit);
  } else {
    addOutputItem(id, tool, item.id, emit);
  }
  tellItems(at, id, tool, emit);
};

/** A tool that starts takes the items of its thread that were seen before; those of others at their next sighting. */
export const attachEarlierItems = (
  state: ToolsState,
  at: EventSource,
  id: ToolCallId,
  tool: KnownTool,
  seen: { readonly calls: readonly ConversationItemId[]; readonly outputs: readonly ConversationItemId[] },
  callId: string | null,
  emit: ItemsEmit,
): void => {
  for (const item of callId === null ? [] : (state.itemsOfCall.get(callId) ?? [])) {
    if (item.thread_id !== tool.thread_id) state.awaitsSighting.add(item.id);
  }
  tool.callItems.push(...seen.calls);
  linkResponses(state, id, tool, emit);
  for (const item of seen.outputs) addOutputItem(id, tool, item, emit);
  tellItems(at, id, tool, emit);
};

const addCallItem = (id: ToolCallId, tool: KnownTool, item: ConversationItemId, emit: ItemsEmit): void => {
  if (tool.callItems.includes(item)) return;
  tool.callItems.push(item);
  emit(link('tool_calls', id, 'model_visible_call_item_ids', [item]));
};

const addOutputItem = (id: ToolCallId, tool: KnownTool, item: ConversationItemId, emit: ItemsEmit): void => {
  if (tool.outputItems.includes(item)) return;
  tool.outputItems.push(item);
  emit(link('tool_calls', id, 'model_visible_output_item_ids', [item]));
  emit(link('conversation_items', item, 'produced_by', [{ type: 'tool', tool_call_id: id }]));
};

const tellItems = (at: EventSource, tool_call_id: ToolCallId, tool: KnownTool, emit: ItemsEmit): void => {
  if (tool.callItems.length === 0 && tool.outputItems.length === 0) return;
  emit({
    type: 'tool_items_linked',
    at,
    tool_call_id,
    call_item_ids: [...tool.callItems],
    output_item_ids: [...tool.outputItems],
  });
};

/** A tool was started by every response that brought one of its call items. */
const linkResponses = (state: ToolsState, id: ToolCallId, tool: KnownTool, emit: ItemsEmit): void => {
  const responses = tool.callItems.flatMap((item) => state.responsesWith.get(item) ?? []);
  for (const response of responses.toSorted(compareUtf8)) {
    if (tool.linkedResponses.has(response)) continue;
    tool.linkedResponses.add(response);
    emit(link('inference_calls', response, 'tool_call_ids_started_by_response', [id]));
  }
};

/**
 * The items of a response are known only when all of them were sighted. So a tool that was attached
 * before is linked to the response when one of its call items is sighted again.
 */
export const rememberResponse = (
  state: ToolsState,
  { inference_call_id: response, item_ids }: FactOf<'response_items_known'>,
): void => {
  for (const item of state.itemsOfResponse.get(response) ?? []) {
    const others = state.responsesWith.get(item)?.filter((other) => other !== response) ?? [];
    state.responsesWith.set(item, others);
  }
  const calls = item_ids.filter((id) => state.callItems.get(id)?.side === 'call');
  state.itemsOfResponse.set(response, calls);
  for (const item of calls) {
    pushTo(state.responsesWith, item, response);
    const tool = state.tools.get(state.toolOfCall.get(state.callItems.get(item)?.call_id ?? '') ?? '');
    for (const sibling of tool?.callItems ?? []) state.awaitsSighting.add(sibling);
  }
};
