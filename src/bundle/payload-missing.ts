import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { RawPayloadRef } from '../model/payload-ref.js';

/**
 * What a store throws, or rejects with, where it has no such payload: a reduction that is not strict reports it and
 * goes on. Any other error ends the reduction.
 */
export const payloadMissing = (ref: RawPayloadRef, options?: ErrorOptions): TraceError => {
  const message = `payload ${ref.raw_payload_id} is not in the bundle`;
  const where = { file: ref.path, entity: ref.raw_payload_id };
  return new TraceError(describeProblem('payload_missing', message, where), options);
};
