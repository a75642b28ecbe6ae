import type { Instant } from './execution.js';
import type { ThreadId } from './ids.js';
import type { TraceAnchor } from './interaction.js';

/** What waited to the end of the log for something that never came. So it is not in the graph. */
export interface Unresolved {
  readonly kind: 'code_cell' | 'agent_delivery';
  /** Id of the cell or of the edge. */
  readonly entity: string;
  /** What it waited for, in words. */
  readonly waitsFor: string;
  /** Where it comes from: of a delivery its sender, of a cell its thread. */
  readonly source: TraceAnchor;
  /** The thread that should have seen what it waited for. */
  readonly thread_id: ThreadId;
  readonly since: Instant & { readonly line: number };
}
