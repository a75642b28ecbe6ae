/** Records sessions of an agent of your own as bundles, which every reducer understands. For Node.js. */
export { recordRollout, type RolloutOptions, type RolloutRecorder } from './record-rollout.js';
export type { ChildOptions, ThreadOptions, ThreadRecorder } from './thread.js';
export type { AgentResult, ToolOptions, TurnRecorder } from './turn.js';
export type {
  InferenceAttempt,
  InferenceOptions,
  ModelAnswer,
  PartialAnswer,
  RecordedUsage,
} from './inference.js';
export type {
  CompactionAttempt,
  CompactionOptions,
  CompactionRecorder,
  CompactionRequestOptions,
  HistoryCheckpoint,
} from './compaction.js';
export type { CellResponse, CellToolOptions, CodeCellOptions, CodeCellRecorder } from './code-cell.js';
export type { ToolEnd, ToolRecorder } from './tool.js';
export type { ToolCall } from './tool-invocation.js';
export type { ToolInput } from './tool-input.js';
export type { CommandEnd, CommandStart, ReachedAgent } from './runtime-reports.js';
export type { ResponseItem } from './response-item.js';
export type { Lazy } from './lazy.js';
export type { RecorderWarning, RecorderWarningCode } from './warnings.js';
