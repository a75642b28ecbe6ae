import { itemTitle } from '../labels.js';
import { items, facts, windowFacts, type Teller } from './parts.js';

/** Items of a long list that are shown at once. */
const MOST = 50;

export const itemDetail: Teller = ({ trace }, id) => {
  const row = trace.conversation_items.get(id);
  if (!row) return undefined;
  return {
    title: itemTitle(row),
    subtitle: id,
    status: null,
    facts: facts(
      ['role', row.role],
      ['channel', row.channel],
      ['call', row.call_id],
      ['first seen', new Date(Number(row.first_seen_at_unix_ms)).toISOString()],
      ['author', row.agent_message?.author],
      ['recipient', row.agent_message?.recipient],
    ),
    saw: items('the item', [id]),
    did: [],
    payloadIds: row.body.parts.map((part) => ('raw_payload_id' in part ? part.raw_payload_id : null)),
  };
};

export const inferenceDetail: Teller = ({ trace }, id) => {
  const row = trace.inference_calls.get(id);
  if (!row) return undefined;
  const { usage } = row;
  return {
    title: `request to ${row.model}`,
    subtitle: id,
    status: row.execution.status,
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
        row.request_item_ids.toReversed().slice(0, MOST),
      ),
    ],
    did: [],
    payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
  };
};

export const compactionDetail: Teller = ({ trace }, id) => {
  const row = trace.compactions.get(id);
  if (!row) return undefined;
  return {
    title: 'compaction',
    subtitle: id,
    status: null,
    facts: facts(
      ['installed', new Date(Number(row.installed_at_unix_ms)).toISOString()],
      ['items before', row.input_item_ids.length],
      ['items after', row.replacement_item_ids.length],
    ),
    saw: [
      ...items('what stood after it', row.replacement_item_ids.slice(0, MOST)),
      ...items('what stood before it, the newest first', row.input_item_ids.toReversed().slice(0, MOST)),
    ],
    did: [],
    payloadIds: row.request_ids.flatMap((request) => {
      const found = trace.compaction_requests.get(request);
      return found ? [found.raw_request_payload_id, found.raw_response_payload_id] : [];
    }),
  };
};

export const compactionRequestDetail: Teller = ({ trace }, id) => {
  const row = trace.compaction_requests.get(id);
  if (!row) return undefined;
  return {
    title: 'compaction request',
    subtitle: row.model,
    status: row.execution.status,
    facts: [...facts(['provider', row.provider_name]), ...windowFacts(row.execution)],
    saw: [],
    did: [],
    payloadIds: [row.raw_request_payload_id, row.raw_response_payload_id],
  };
};
