import { toolLabel } from '../labels.js';
import {
  link,
  links,
  items,
  facts,
  windowFacts,
  anchorLink,
  edgesAt,
  threadLink,
  type Teller,
} from './parts.js';

export const threadDetail: Teller = (moment, id) => {
  const row = moment.trace.threads.get(id);
  if (!row) return undefined;
  const { origin } = row;
  const spawned = origin.type === 'spawned' ? origin : undefined;
  return {
    title: row.agent_path,
    subtitle: row.nickname ?? 'agent',
    status: row.execution.status,
    thread: id,
    facts: [
      ...facts(['model', row.default_model], ['role', spawned?.agent_role], ['task', spawned?.task_name]),
      ...windowFacts(row.execution),
    ],
    saw: items(`${row.conversation_item_ids.length} items`, row.conversation_item_ids.slice(0, 20)),
    did: [
      ...links('spawned by', [
        spawned ? threadLink(moment, spawned.parent_thread_id) : null,
        spawned && moment.trace.interaction_edges.has(spawned.spawn_edge_id)
          ? link('interaction_edges', spawned.spawn_edge_id)
          : null,
      ]),
      ...links('edges', edgesAt(moment, 'thread', id)),
      ...links(
        'turns',
        [...moment.trace.codex_turns].flatMap(([turn, { thread_id }]) =>
          thread_id === id ? [link('codex_turns', turn)] : [],
        ),
      ),
    ],
    payloadIds: [],
  };
};

export const turnDetail: Teller = (moment, id) => {
  const row = moment.trace.codex_turns.get(id);
  if (!row) return undefined;
  const { trace } = moment;
  const own = [...trace.conversation_items].flatMap(([item, { codex_turn_id, thread_id }]) =>
    codex_turn_id === id && thread_id === row.thread_id ? [item] : [],
  );
  return {
    title: 'turn',
    subtitle: id,
    status: row.execution.status,
    thread: row.thread_id,
    facts: windowFacts(row.execution),
    saw: items('items that came in', own),
    did: [
      ...links('thread', [threadLink(moment, row.thread_id)]),
      ...links(
        'requests',
        [...trace.inference_calls].flatMap(([call, { codex_turn_id }]) =>
          codex_turn_id === id ? [link('inference_calls', call)] : [],
        ),
      ),
      ...links(
        'tools',
        [...trace.tool_calls].flatMap(([call, tool]) =>
          tool.started_by_codex_turn_id === id ? [link('tool_calls', call, toolLabel(trace, tool))] : [],
        ),
      ),
    ],
    payloadIds: [],
  };
};

export const edgeDetail: Teller = (moment, id) => {
  const row = moment.trace.interaction_edges.get(id);
  if (!row) return undefined;
  return {
    title: row.kind.replaceAll('_', ' '),
    subtitle: id,
    status: null,
    thread: null,
    facts: facts(
      ['started', new Date(Number(row.started_at_unix_ms)).toISOString()],
      [
        'arrived',
        row.ended_at_unix_ms === null ? null : new Date(Number(row.ended_at_unix_ms)).toISOString(),
      ],
    ),
    saw: items('what it carried', row.carried_item_ids),
    did: [...links('from', [anchorLink(row.source)]), ...links('to', [anchorLink(row.target)])],
    payloadIds: row.carried_raw_payload_ids,
  };
};
