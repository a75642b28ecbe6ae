import { TraceError, type Problem } from '../errors/trace-error.js';
import { rawEventTypes } from '../model/raw-event.js';
import type { RawPayloadId } from '../model/ids.js';
import { defineGate } from './gate.js';

interface UnreadPayloadsState {
  /** What is wrong with payloads that no step has read, in the order of their events. */
  readonly problems: Map<RawPayloadId, Problem>;
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
    state.problems.delete(payload.ref.raw_payload_id);
    try {
      payload.verify();
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      state.problems.set(payload.ref.raw_payload_id, error.problem);
    }
  },
  close(state, sluice) {
    for (const problem of state.problems.values()) sluice.report({ type: 'problem', problem });
  },
});
