import { producerOf } from '../conversation.js';
import { itemTitle, toolLabel } from '../labels.js';
import { link, links, items, facts, windowFacts, edgesAt, threadLink, type Teller } from './parts.js';

export const itemDetail: Teller = (moment, id) => {
  const row = moment.trace.conversation_items.get(id);
  if (!row) return undefined;
  const { trace } = moment;
  const shownBy = [...trace.inference_calls].filter(([, call]) => call.request_item_ids.includes(id));
  return {
    title: itemTitle(row),
    subtitle: id,
    status: null,
    thread: row.thread_id,
    facts: facts(
      ['role', row.role],
      ['channel', row.channel],
      ['call', row.call_id],
      ['first seen', new Date(Number(row.first_seen_at_unix_ms)).toISOString()],
      ['author', row.agent_message?.author],
      ['recipient', row.agent_message?.recipient],
      ['in requests', shownBy.length],
    ),
    saw: items('the item', [id]),
    did: [
      ...links(
        'produced by',
        row.produced_by.map((producer) => {
          const { ref, label } = producerOf(moment, producer);
          return link(ref.table, ref.id, `${label} ${ref.id}`);
        }),
      ),
      ...links(
        'tool of this call',
        row.call_id === null
          ? []
          : [...trace.tool_calls].flatMap(([call, tool]) =>
              tool.model_visible_call_id === row.call_id && tool.thread_id === row.thread_id
                ? [link('tool_calls', call, toolLabel(trace, tool))]
                : [],
            ),
      ),
      ...links('edges', edgesAt(moment, 'conversation_item', id)),
      ...links(
        'first and last request that showed it',
        [...shownBy.slice(0, 1), ...shownBy.slice(1).slice(-1)].map(([call]) =>
          link('inference_calls', call),
        ),
      ),
      ...links('thread', [threadLink(moment, row.thread_id)]),
    ],
    payloadIds: row.body.parts.map((part) => ('raw_payload_id' in part ? part.raw_payload_id : null)),
  };
};

export const inferenceDetail: Teller = (moment, id) => {
  const row = moment.trace.inference_calls.get(id);
  if (!row) return undefined;
  const { usage } = row;
  return {
    title: `request to ${row.model}`,
    subtitle: id,
    status: row.execution.status,
    thread: row.thread_id,
    facts: [
      ...facts(
        ['provider', row.provider_name],
        ['response', row.response_id],
        ['transport request', row.upstream_request_id],
        ['tokens in', usage && `${usage.input_tokens} (${usage.cached_input_tokens} cached)`],
        ['tokens out', usage && `${usage.output_tokens} (${usage.reasoning_output_tokens} reasoning)`],
      ),
      ...windowFacts(row.execution),
    ],
    saw: [
      ...items(`the response: ${row.response_item_ids.length} items`, row.response_item_ids),
      ...items(
        `the request: ${row.request_item_ids.length} items, the newest first`,
        row.request_item_ids.toReversed().slice(0, 50),
      ),
    ],
    did: [
      ...links(
        'tools that the response started',
        row.tool_call_ids_started_by_response.map((call) => {
          const tool = moment.trace.tool_calls.get(call);
          return link('tool_calls', call, tool ? toolLabel(moment.trace, tool) : call);
        }),
      ),
      ...links('turn', [link('codex_turns', row.codex_turn_id)]),
      ...links('thread', [threadLink(moment, row.thread_id)]),
    ],
    payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
  };
};

export const compactionDetail: Teller = (moment, id) => {
  const row = moment.trace.compactions.get(id);
  if (!row) return undefined;
  return {
    title: 'compaction',
    subtitle: id,
    status: null,
    thread: row.thread_id,
    facts: facts(
      ['installed', new Date(Number(row.installed_at_unix_ms)).toISOString()],
      ['items before', row.input_item_ids.length],
      ['items after', row.replacement_item_ids.length],
    ),
    saw: [
      ...items('what stood after it', row.replacement_item_ids.slice(0, 50)),
      ...items('what stood before it, the newest first', row.input_item_ids.toReversed().slice(0, 50)),
    ],
    did: [
      ...links(
        'requests',
        row.request_ids.map((request) => link('compaction_requests', request)),
      ),
      ...links('turn', [link('codex_turns', row.codex_turn_id)]),
      ...links('thread', [threadLink(moment, row.thread_id)]),
    ],
    payloadIds: row.request_ids.flatMap((request) => {
      const found = moment.trace.compaction_requests.get(request);
      return found ? [found.raw_request_payload_id, found.raw_response_payload_id] : [];
    }),
  };
};

export const compactionRequestDetail: Teller = (moment, id) => {
  const row = moment.trace.compaction_requests.get(id);
  if (!row) return undefined;
  return {
    title: 'compaction request',
    subtitle: row.model,
    status: row.execution.status,
    thread: row.thread_id,
    facts: [...facts(['provider', row.provider_name]), ...windowFacts(row.execution)],
    saw: [],
    did: links('compaction', [link('compactions', row.compaction_id)]),
    payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
  };
};
