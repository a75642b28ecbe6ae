import type { ProblemFact } from '../facts/facts.js';
import { unreadProblem } from '../facts/problems.js';
import { rawEventTypes } from '../model/raw-event.js';
import type { RawPayloadId } from '../model/ids.js';
import { defineGate } from './gate.js';

interface UnreadPayloadsState {
  /** What is wrong with payloads that no step has read, in the order of their events. */
  readonly problems: Map<RawPayloadId, ProblemFact>;
}

/**
 * Checks that payloads which no step has read could be read: a recorder that vouches for its log vouches for
 * all of its evidence. The last stage, because only then it is known what was read. What is wrong waits for
 * the end of the log: until then another payload may come under the same id, which replaces it.
 */
export const unreadPayloads = defineGate({
  name: 'unreadPayloads',
  reads: rawEventTypes,
  learns: [],
  initial: (): UnreadPayloadsState => ({ problems: new Map() }),
  decide(state, fact, sluice) {
    sluice.pass(fact);
    const { payload } = fact;
    if (!payload) return;
    const { raw_payload_id } = payload.ref;
    state.problems.delete(raw_payload_id);
    const problem = unreadProblem(payload);
    if (problem) state.problems.set(raw_payload_id, problem);
  },
  close(state, sluice) {
    for (const problem of state.problems.values()) sluice.report(problem);
  },
});
