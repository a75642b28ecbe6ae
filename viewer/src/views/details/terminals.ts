import { operationLine } from '../labels.js';
import { items, facts, windowFacts, terminalBlock, type Teller } from './parts.js';

export const terminalDetail: Teller = (moment, id) => {
  const row = moment.trace.terminal_sessions.get(id);
  if (!row) return undefined;
  const operations = row.operation_ids.flatMap((each) => moment.trace.terminal_operations.get(each) ?? []);
  return {
    title: 'terminal',
    subtitle: id,
    status: row.execution.status,
    facts: [...facts(['operations', operations.length]), ...windowFacts(row.execution)],
    saw: operations.flatMap(({ model_observations }) =>
      items(
        'output',
        model_observations.flatMap(({ output_item_ids }) => output_item_ids),
      ),
    ),
    did: operations.map((operation) => terminalBlock(operation, operation.kind.replaceAll('_', ' '))),
    payloadIds: operations.flatMap(({ raw_payload_ids }) => raw_payload_ids),
  };
};

export const operationDetail: Teller = (moment, id) => {
  const row = moment.trace.terminal_operations.get(id);
  if (!row) return undefined;
  return {
    title: row.kind.replaceAll('_', ' '),
    subtitle: operationLine(row),
    status: row.execution.status,
    facts: windowFacts(row.execution),
    saw: row.model_observations.flatMap(({ call_item_ids, output_item_ids }) => [
      ...items('the call', call_item_ids),
      ...items('the output', output_item_ids),
    ]),
    did: [terminalBlock(row, 'terminal')],
    payloadIds: row.raw_payload_ids,
  };
};
