import type { EventPayload } from '../bundle/payload.js';
import { readPayload } from '../facts/problems.js';

/**
 * The JSON in the payload of a fact; undefined where there is none, and none that can be read. `read` says
 * what is wrong with it, by a TraceError.
 */
export const payloadValue = (payload: EventPayload | null): unknown =>
  payload ? readPayload(payload, () => {})?.value : undefined;
