import type { Fact } from '../facts/facts.js';

/**
 * The unit on the wire: facts in their order. How many make a batch never changes the result. The last
 * batch is marked, because a scan does not hear of completion.
 */
export interface Batch {
  readonly facts: readonly Fact[];
  readonly last: boolean;
  /**
   * What would follow if the log ended behind this batch, for the snapshot of a log that goes on. It goes
   * through the stages like facts, and into no state.
   */
  readonly outlook?: readonly Fact[] | undefined;
}
