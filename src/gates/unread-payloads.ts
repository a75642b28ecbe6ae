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
    const { payload } = fact;
    const id = payload?.ref.raw_payload_id;
    const replaces = id !== undefined && state.problems.delete(id);
    const problem = payload && unreadProblem(payload);
    if (id !== undefined && problem) state.problems.set(id, problem);
    if (problem || replaces) sluice.pass(fact);
    else sluice.passBy(fact);
  },
  close(state, sluice) {
    for (const problem of state.problems.values()) sluice.report(problem);
  },
});
