import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { SyncPayloadStore } from './payload.js';

/** Payloads that are already in memory, by their path in the bundle. */
export const memoryPayloadStore = (textByPath: ReadonlyMap<string, string>): SyncPayloadStore => ({
  readNow(ref) {
    const text = textByPath.get(ref.path);
    if (text !== undefined) return text;
    const message = `payload ${ref.raw_payload_id} is not in the bundle`;
    throw new TraceError(
      describeProblem('payload_missing', message, { file: ref.path, entity: ref.raw_payload_id }),
    );
  },
});
