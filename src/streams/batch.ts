import type { Fact } from '../facts/facts.js';

/**
 * The unit on the wire: facts in their order. How many make a batch never changes the result. The last
 * batch is marked, because a scan does not hear of completion.
 */
export interface Batch {
  readonly facts: readonly Fact[];
  readonly last: boolean;
}
