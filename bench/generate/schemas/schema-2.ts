import type { BundleWriter } from '../bundle-writer.js';
import {
  type HistoryItem,
  historyItem,
  type ItemFields,
  type ItemType,
  message,
  printedItem,
} from '../history.js';
import type { Random } from '../random.js';
import { INCLUDED, requestAround, type RequestBase, TOOL_USE } from '../requests.js';
import { processCommand, processIds } from '../tools.js';
import type { Dialect, ItemDialect, RequestDialect, ToolDialect } from './dialect.js';
import { agents } from './schema-2-agents.js';
import { cells } from './schema-2-cells.js';

/** Share of the answers whose tools start before the answer is complete: a race that is seldom won. */
const EARLY_SHARE = 0.1;

/** Schema 2 as Codex 0.169 writes it: items have ids, and a receipt follows each that entered a history. */
export function schema2(base: RequestBase, writer: BundleWriter, random: Random): Dialect {
  const items = itemDialect(writer, random);
  return {
    items,
    requests: requestDialect(base, items.item),
    tools: toolDialect(writer),
    cells: cells(random),
    agents: agents(writer),
    startsEarly: () => random.chance(EARLY_SHARE),
    endRecording: () => writer.event(null, 'recording_completed', {}),
  };
}

const ID_PREFIXES: Readonly<Record<ItemType, string>> = {
  message: 'msg',
  agent_message: 'amsg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  compaction: 'cmp',
};

function itemDialect(writer: BundleWriter, random: Random): ItemDialect {
  const item = (fields: ItemFields) =>
    historyItem(fields, `${ID_PREFIXES[fields.type]}_${random.uuid(writer.now)}`);
  return {
    item,
    renewed: ({ fields }) => item(fields),
    accepted: (context, { fields: { type, ...fields }, id }) => {
      if (id === undefined) throw new Error(`an item of type ${type} has no id to accept it by`);
      // No request has carried a letter yet when it is accepted, so its receipt brings the letter along.
      const carried =
        type === 'agent_message'
          ? { agent_message_payload: writer.payload('protocol_event', { type, id, ...fields }) }
          : {};
      writer.event(context, 'history_item_accepted', { item_id: id, ...carried });
    },
  };
}

function requestDialect(
  { instructions, tools, cacheKey }: RequestBase,
  item: (fields: ItemFields) => HistoryItem,
): RequestDialect {
  const model = 'gpt-5';
  const head = { model, stream: true };
  const rest = {
    tools,
    ...TOOL_USE,
    reasoning: { effort: 'medium' },
    store: false,
    include: INCLUDED,
    prompt_cache_key: cacheKey,
    text: { verbosity: 'low' },
  };
  const trigger = printedItem({ type: 'compaction_trigger' });
  const compaction = requestAround({ model, instructions }, { parallel_tool_calls: false });
  return {
    // The instructions have become a message. It belongs to no history: receipts and compactions leave it out.
    preamble: () => [item(message('developer', instructions))],
    full: requestAround(head, rest),
    compaction: (input) => compaction([...input, trigger]),
    incremental: (previousResponseId) => {
      const continued = { type: 'response.create', ...head, previous_response_id: previousResponseId };
      return requestAround(continued, { store: false });
    },
    compacted: (_kept, summary) => [summary],
  };
}

function toolDialect(writer: BundleWriter): ToolDialect {
  return {
    runtimeStart: (kind) => ({ kind }),
    processStarted: (process) => ({
      ...processIds(process),
      started_at_ms: writer.now,
      ...processCommand(process),
    }),
    processEnded: (process, output, nanos) => ({
      ...processIds(process),
      completed_at_ms: writer.now,
      ...processCommand(process),
      aggregated_output: output,
      exit_code: 0,
      duration: { secs: 0, nanos },
      status: 'completed',
    }),
    stdinTarget: (context, writeId, commandId) => {
      const fields = { tool_call_id: writeId, exec_tool_call_id: commandId };
      writer.event(context, 'stdin_target_resolved', fields);
    },
  };
}
