import { compareUtf8 } from '../json/order.js';
import { rawTraceEventSchemas } from '../model/raw-event.js';
import { anonymousItems } from '../payloads/model-items/item-forms.js';
import { separateOutputs } from '../payloads/command-end.js';
import { anyWrite } from '../payloads/terminal-start.js';
import type { SchemaRules } from './rules.js';

/** The recordings of Codex 0.125 to 0.160, reduced as 0.160.0 does. */
export const schema1: SchemaRules = {
  version: 1,
  event: rawTraceEventSchemas[1],
  isSealed: false,
  header: (start) => ({ schema_version: 1, ...start }),
  items: {
    form: anonymousItems,
    haveReceipts: false,
    onlyLastCallCounts: false,
    mayRepeatInPlace: true,
    callIdIsUnique: () => true,
    gather: (ids) => ids.toSorted(compareUtf8),
  },
  cells: { keepEvidence: false, haveCallers: false },
  terminals: {
    commandEnd: separateOutputs,
    write: anyWrite,
    shareProcesses: true,
    sessionId: (process) => process,
    commandOpensSession: false,
  },
  mcpReportsAgents: true,
};
