import type { ExecutionWindow } from '../../model/execution.js';
import type { RawPayloadId, TerminalId, TerminalOperationId, ThreadId, ToolCallId } from '../../model/ids.js';
import type { TerminalModelObservation, TerminalOperation } from '../../model/runtime.js';
import type { Emit } from '../projection.js';

export type TerminalsEmit = Emit<never>;

export interface TerminalsState {
  nextOrdinal: number;
  readonly operationOf: Map<ToolCallId, KnownOperation>;
  readonly sessions: Map<TerminalId, KnownSession>;
  /**
   * The newest session of each process, by where its id is known and the id. It outlives the session: its
   * name is used again.
   */
  readonly sessionOf: Map<ThreadId | typeof EVERYWHERE, Map<string, TerminalId>>;
  /** Items of a tool, for an operation that begins after they were seen. */
  readonly itemsOf: Map<ToolCallId, Omit<TerminalModelObservation, 'source'>>;
}

/** The place of process ids that all threads share. */
export const EVERYWHERE = Symbol('every thread');

export interface KnownOperation {
  readonly id: TerminalOperationId;
  readonly kind: TerminalOperation['kind'];
  readonly thread_id: ThreadId;
  window: ExecutionWindow;
  /** The id by which the runtime knows its process. */
  process: string | null;
  session: TerminalId | null;
  readonly payloads: Set<RawPayloadId>;
}

export interface KnownSession {
  readonly thread_id: ThreadId;
  readonly process: string;
  readonly operations: Set<TerminalOperationId>;
}

export const initialTerminals = (): TerminalsState => ({
  nextOrdinal: 1,
  operationOf: new Map(),
  sessions: new Map(),
  sessionOf: new Map(),
  itemsOf: new Map(),
});
