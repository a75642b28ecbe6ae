import type { z } from 'zod/mini';
import type { ConversationItem } from '../model/conversation.js';
import type { TerminalId, TerminalOperationId } from '../model/ids.js';
import type { RawTraceEvent } from '../model/raw-event.js';
import type { RolloutHeader } from '../model/rollout-trace.js';
import type { SchemaVersion } from '../model/schema-version.js';
import type { ItemForm } from '../payloads/model-items/model-item.js';
import type { CommandEndForm } from '../payloads/command-end.js';
import type { WriteForm } from '../payloads/terminal-start.js';

/**
 * Everything that a schema of the recording decides in its own way. Projections take the rules as a
 * parameter and never ask for a version; a new schema is a new object of this type. Events that only one
 * schema has need no rule: they simply never come in the other.
 */
export interface SchemaRules {
  readonly version: SchemaVersion;
  /** One line of the log. */
  readonly event: z.ZodMiniType<RawTraceEvent>;
  /** The recorder vouches for its log: numbered without gaps, of one session, with every payload in place. */
  readonly isSealed: boolean;
  /** The trace before its first event. */
  readonly header: (start: HeaderStart) => RolloutHeader;
  readonly items: ItemRules;
  readonly cells: CellRules;
  readonly terminals: TerminalRules;
  /** Whether a tool of an MCP server may report what agents did. */
  readonly mcpReportsAgents: boolean;
}

/** What both schemas know of a trace at its start. */
export type HeaderStart = Omit<RolloutHeader<1>, 'schema_version'>;

/** How items are told apart and listed. */
export interface ItemRules {
  readonly form: ItemForm;
  /** Items carry receipts, and a response enters the list of its thread with its receipt or its next sighting. */
  readonly haveReceipts: boolean;
  /** What the model has in view is the last call of a thread; a response to another one is only on record. */
  readonly onlyLastCallCounts: boolean;
  /** Whether an item that a request has taken already may be taken again where it stood before. */
  readonly mayRepeatInPlace: boolean;
  /** Kinds whose call id may not come back with other content. */
  readonly callIdIsUnique: (kind: ConversationItem['kind']) => boolean;
  /** Order of item ids that are gathered from the table, not collected as they come. */
  readonly gather: (ids: readonly string[]) => string[];
}

/** What code cells are connected with. */
export interface CellRules {
  /** A cell says with what it responded first, and with what it ended. */
  readonly keepEvidence: boolean;
  /** The call that starts a cell is a tool call itself. */
  readonly haveCallers: boolean;
}

/** How terminal operations find their session. */
export interface TerminalRules {
  /** How the runtime reports the end of a command. */
  readonly commandEnd: CommandEndForm;
  /** Which calls of `write_stdin` write to a terminal. */
  readonly write: WriteForm;
  /** Whether the id of a process means one process in all threads. */
  readonly shareProcesses: boolean;
  /** The id of a session that an operation opens. */
  readonly sessionId: (process: string, operation: TerminalOperationId) => TerminalId;
  /** Whether a command opens a session of its own, though its process id was used before. */
  readonly commandOpensSession: boolean;
}
