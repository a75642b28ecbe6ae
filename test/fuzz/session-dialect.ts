import type { Random } from '../../bench/generate/random.js';
import type { SchemaVersion } from '../../src/model/schema-version.js';
import type { Agent, JsonObject, SessionLog } from './session-log.js';
import type { CallPlan, ToolShape } from './session-tools.js';

/** What random sessions of one schema have differently from those of another. Everything else is common. */
export interface SessionDialect {
  readonly schema: SchemaVersion;
  /** The number of an event, out of its place in the log. */
  readonly seq: (random: Random, place: number) => number;
  /** The most steps of a session. */
  readonly longest: number;
  readonly items: ItemDialect;
  readonly tools: ToolDialect;
  /** Fields of a cell's response or end beside its status. */
  readonly cellReport: (random: Random, log: SessionLog) => JsonObject;
  /** Steps that only this schema has, beside the common ones. */
  readonly steps: (session: SessionState) => readonly (() => void)[];
  /** What a session ends with. */
  readonly close: (session: SessionState) => void;
}

export interface ItemDialect {
  readonly make: (random: Random) => JsonObject;
  /** An item that was seen before, as a later request carries it. */
  readonly resent: (random: Random, item: JsonObject) => JsonObject;
}

export interface ToolDialect {
  /** Shapes to choose from, each as often as it is to be taken. */
  readonly shapes: readonly ToolShape[];
  /** The shape that a tool goes on with when its runtime starts; undefined where it cannot start now. */
  readonly started: (random: Random, tool: RunningTool) => ToolShape | undefined;
  /** Fields of a runtime start beside the call and its payload. */
  readonly runtimeStart: (shape: ToolShape) => JsonObject;
}

export interface RunningTool {
  readonly id: string;
  readonly agent: Agent;
  readonly plan: CallPlan;
  shape: ToolShape;
  begun: boolean;
}

/** A session that is being made up, for the steps of one schema. */
export interface SessionState {
  readonly random: Random;
  readonly log: SessionLog;
  readonly tools: readonly RunningTool[];
  /** The items that an agent's next request would carry. */
  historyOf(agent: Agent): readonly JsonObject[];
  /** An agent, and one of its turns. */
  place(): { readonly agent: Agent; readonly turn: string };
  /** Sends the payload of an agent's last request once more, by the same reference. */
  requestAgain(): void;
  /** Calls a tool. */
  startTool(): void;
  /** Lets a tool that was called begin or end. */
  continueTool(): void;
  /** Observes what an agent tells its parent. */
  observeResult(): void;
}
