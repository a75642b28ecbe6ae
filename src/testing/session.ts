import type { SchemaVersion } from '../model/schema-version.js';

/**
 * What happens in a session, as small plain data without ids: what can be drawn, shrunk and read. A step that
 * finds nothing to work on, such as a write where no terminal is open, leaves no events.
 */
export interface Session {
  readonly schema: SchemaVersion;
  /** The turns of the root agent. */
  readonly turns: readonly Turn[];
  readonly end: 'completed' | 'failed' | 'aborted';
  /** Set where the recorder died: the log has this many events, or all if there are fewer. */
  readonly crashAfter: number | null;
}

export interface Turn {
  readonly prompt: string;
  readonly steps: readonly Step[];
  readonly end: 'completed' | 'failed' | 'cancelled' | 'aborted';
}

export type Step = Exchange | CompactionStep | Notice;

/** One request to the model, its answer, and the tools that the answer asks for. */
export interface Exchange {
  readonly type: 'exchange';
  /** Sends only what is new, where an answer can be continued. Otherwise the whole history is sent. */
  readonly incremental: boolean;
  /** Only `completed` asks for tools. `unanswered` leaves no event: the end of the turn closes the call. */
  readonly outcome: 'completed' | 'failed' | 'cancelled' | 'unanswered';
  readonly reasoning: string | null;
  readonly text: string | null;
  readonly calls: readonly Call[];
  /** The tools start while the answer still comes. */
  readonly early: boolean;
}

/** Replaces the history by its first items and a summary. */
export interface CompactionStep {
  readonly type: 'compaction';
  readonly summary: string;
  /** Requests that failed before the one that did not. */
  readonly failures: number;
}

/** The runtime says something that no graph needs. */
export interface Notice {
  readonly type: 'notice';
  readonly event: 'warning' | 'session_configured' | 'token_count';
}

export type Call =
  | CommandCall
  | WriteCall
  | PlainCall
  | CellCall
  | WaitCellCall
  | SpawnCall
  | MessageCall
  | AssignCall
  | CloseCall
  | WaitAgentCall;

export interface CommandCall {
  readonly type: 'command';
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
  /** The tool answers while the process still runs; `exits` tells whether the recording sees its end. */
  readonly staysOpen: boolean;
  readonly exits: boolean;
}

/** A write to one of the terminals that are open in the thread; the number is taken round. */
export interface WriteCall {
  readonly type: 'write';
  readonly terminal: number;
  readonly chars: string;
  readonly fails: boolean;
}

/** A tool of which the graph knows no more than that it ran. */
export interface PlainCall {
  readonly type: 'plain';
  readonly kind: 'web' | 'mcp' | 'apply_patch' | 'image_generation' | 'other';
  readonly output: string;
  readonly status: 'completed' | 'failed' | 'cancelled';
}

/** Code that runs, and calls commands at the same time. */
export interface CellCall {
  readonly type: 'cell';
  readonly source: string;
  readonly commands: readonly string[];
  /** Answers before it is done, and goes on behind the turn's back. */
  readonly yields: boolean;
  /** A cell that yielded may never end. */
  readonly ends: boolean;
}

/** Waits for one of the cells that yielded. */
export interface WaitCellCall {
  readonly type: 'wait_cell';
  readonly cell: number;
}

/** A child that takes one turn, while its parent goes on. */
export interface SpawnCall {
  readonly type: 'spawn';
  readonly task: string;
  readonly turn: Turn;
}

/** To the parent, or to one of the children. */
export interface MessageCall {
  readonly type: 'message';
  readonly to: number | 'parent';
  readonly text: string;
}

/** Another turn for one of the children. */
export interface AssignCall {
  readonly type: 'assign';
  readonly child: number;
  readonly text: string;
  readonly turn: Turn;
}

export interface CloseCall {
  readonly type: 'close';
  readonly child: number;
}

/** Waits until every child is done; what they sent is read next. */
export interface WaitAgentCall {
  readonly type: 'wait_agent';
}
