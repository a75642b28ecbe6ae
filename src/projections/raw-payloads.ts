import { insert } from '../facts/writes.js';
import { payloadRefs } from '../model/event-payloads.js';
import { rawEventTypes } from '../model/raw-event.js';
import { defineProjection } from './projection.js';

/**
 * Owns `raw_payloads`: every payload that an event names is evidence, whatever becomes of the event.
 * A second reference under the same id replaces the first.
 */
export const rawPayloads = defineProjection({
  name: 'rawPayloads',
  reads: rawEventTypes,
  learns: [],
  initial: () => ({}),
  step(_state, fact, emit) {
    for (const { raw_payload_id, kind, path } of payloadRefs(fact.body)) {
      // The kind may carry a null beside its type.
      emit(insert('raw_payloads', raw_payload_id, { raw_payload_id, kind: { type: kind.type }, path }));
    }
  },
});
