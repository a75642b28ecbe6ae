import { inCreationOrder } from '../model/ids.js';
import { rawTraceEventSchemas } from '../model/raw-event.js';
import { identifiedItems } from '../payloads/model-items/item-forms.js';
import { aggregatedOutput } from '../payloads/command-end.js';
import { usableWrite } from '../payloads/terminal-start.js';
import type { SchemaRules } from './rules.js';

/** The recordings of Codex 0.166 and later, reduced as 0.169.0 does. */
export const schema2: SchemaRules = {
  version: 2,
  event: rawTraceEventSchemas[2],
  isSealed: true,
  header: (start) => ({ schema_version: 2, ...start, recording_complete: false }),
  items: {
    form: identifiedItems,
    haveReceipts: true,
    onlyLastCallCounts: true,
    mayRepeatInPlace: false,
    callIdIsUnique: (kind) => kind === 'function_call' || kind === 'custom_tool_call',
    gather: inCreationOrder,
  },
  cells: { keepEvidence: true, haveCallers: true },
  terminals: {
    commandEnd: aggregatedOutput,
    write: usableWrite,
    shareProcesses: false,
    sessionId: (_process, operation) => `terminal_session:${operation}`,
    commandOpensSession: true,
  },
  mcpReportsAgents: false,
};
