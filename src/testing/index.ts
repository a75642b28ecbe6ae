/**
 * For tests of whatever works on recordings: sessions to draw, orders of their events, laws, and given/when/then
 * for projections. Needs `fast-check`. `rollout-trace/testing/node` writes sessions to disk.
 */

// Sessions.
export { sessions, type SessionOptions } from './sessions.js';
export type {
  AssignCall,
  Call,
  CellCall,
  CloseCall,
  CommandCall,
  CompactionStep,
  Exchange,
  MessageCall,
  Notice,
  PlainCall,
  Session,
  SpawnCall,
  Step,
  Turn,
  WaitAgentCall,
  WaitCellCall,
  WriteCall,
} from './session.js';
export { bundleOf, type SessionBundle } from './bundle.js';

// Orders of their events.
export {
  interleavings,
  reorderedSessions,
  type EventOrder,
  type InterleavingOptions,
  type ReorderedSession,
} from './interleavings.js';
export { canonicalGraph } from './canonical-graph.js';

// Laws of reducers, and this package as one.
export { confluence, prefix, snapshotIsReplay } from './laws.js';
export { factsOf, reduceStepwise, reduceStrictly, type Reduce, type ReduceLive } from './reduce.js';

// Projections of your own.
export { givenOwn as given, type Given } from './given-own.js';
export { stateConfluence, stateIsFold } from './own-projection-laws.js';
