import { TraceError } from '../errors/trace-error.js';
import { rawEventTypes } from '../model/raw-event.js';
import { defineProjection } from './projection.js';

/**
 * Checks that payloads which no step has read could be read: a recorder that vouches for its log vouches for
 * all of its evidence. The last stage, because only then it is known what was read. Owns no field.
 */
export const unreadPayloads = defineProjection({
  name: 'unreadPayloads',
  reads: rawEventTypes,
  learns: [],
  initial: () => ({}),
  step(_state, { payload }, emit) {
    try {
      payload?.verify();
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      emit({ type: 'problem', problem: error.problem });
    }
  },
});
