import { facts, type Teller } from './parts.js';

export const payloadDetail: Teller = ({ trace, payloads }, id) => {
  const row = trace.raw_payloads.get(id);
  if (!row) return undefined;
  return {
    title: row.kind.type.replaceAll('_', ' '),
    subtitle: row.path,
    status: null,
    facts: facts(['path', row.path], ['bytes', payloads.size(row.path)]),
    saw: [],
    did: [],
    payloadIds: [id],
  };
};
