import type { Link } from '../detail.js';
import type { Moment } from '../moment.js';
import { link, links, facts, type Teller } from './parts.js';

export const payloadDetail: Teller = (moment, id) => {
  const row = moment.trace.raw_payloads.get(id);
  if (!row) return undefined;
  return {
    title: row.kind.type.replaceAll('_', ' '),
    subtitle: row.path,
    status: null,
    thread: null,
    facts: facts(['path', row.path], ['bytes', moment.payloads.size(row.path)]),
    saw: [],
    did: links('objects of its event', objectsNaming(moment, id)),
    payloadIds: [id],
  };
};

/** Objects that the events name which name a payload. */
const objectsNaming = ({ trace, events }: Moment, payload: string): readonly Link[] => {
  const ids = new Set(events.naming(payload).flatMap((number) => events.brief(number)?.ids ?? []));
  const tables = [
    'inference_calls',
    'tool_calls',
    'compaction_requests',
    'compactions',
    'codex_turns',
    'threads',
  ] as const;
  return [...ids].flatMap((id) => {
    const table = tables.find((name) => trace[name].has(id));
    return table ? [link(table, id)] : [];
  });
};
