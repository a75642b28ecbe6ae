import { facts, items, windowFacts, type Teller } from './parts.js';

export const threadDetail: Teller = ({ trace }, id) => {
  const row = trace.threads.get(id);
  if (!row) return undefined;
  const spawned = row.origin.type === 'spawned' ? row.origin : undefined;
  const ids = row.conversation_item_ids;
  return {
    title: row.agent_path,
    subtitle: row.nickname ?? 'agent',
    status: row.execution.status,
    facts: [
      ...facts(['model', row.default_model], ['role', spawned?.agent_role], ['task', spawned?.task_name]),
      ...windowFacts(row.execution),
    ],
    saw: items(
      ids.length > SHOWN ? `the first ${SHOWN} of ${ids.length} items` : 'items',
      ids.slice(0, SHOWN),
    ),
    did: [],
    payloadIds: [],
  };
};

const SHOWN = 20;

export const turnDetail: Teller = ({ trace }, id) => {
  const row = trace.codex_turns.get(id);
  if (!row) return undefined;
  const own = [...trace.conversation_items].flatMap(([item, { codex_turn_id, thread_id }]) =>
    codex_turn_id === id && thread_id === row.thread_id ? [item] : [],
  );
  return {
    title: 'turn',
    subtitle: id,
    status: row.execution.status,
    facts: windowFacts(row.execution),
    saw: items('items that came in', own),
    did: [],
    payloadIds: [],
  };
};

export const edgeDetail: Teller = ({ trace }, id) => {
  const row = trace.interaction_edges.get(id);
  if (!row) return undefined;
  const { started_at_unix_ms: started, ended_at_unix_ms: arrived } = row;
  return {
    title: row.kind.replaceAll('_', ' '),
    subtitle: id,
    status: null,
    facts: facts(
      ['started', new Date(Number(started)).toISOString()],
      ['arrived', arrived === null ? null : new Date(Number(arrived)).toISOString()],
    ),
    saw: items('what it carried', row.carried_item_ids),
    did: [],
    payloadIds: row.carried_raw_payload_ids,
  };
};
