import { payloadMissing } from './payload-missing.js';
import type { SyncPayloadStore } from './payload.js';

/** Payloads that are already in memory, by their path in the bundle. */
export const memoryPayloadStore = (textByPath: ReadonlyMap<string, string>): SyncPayloadStore => ({
  readNow(ref) {
    const text = textByPath.get(ref.path);
    if (text === undefined) throw payloadMissing(ref);
    return text;
  },
});
