import type { SyncPayloadStore } from '../../bundle/payload.js';
import { isTraceError } from '../../errors/trace-error.js';
import { compactJson } from '../../json/compact.js';
import type { RolloutTrace } from '../../model/rollout-trace.js';

/** What a payload file holds, with line breaks and indents where these change no value; or why it cannot be read. */
export const payloadText = (trace: RolloutTrace, payloads: SyncPayloadStore, id: string): string => {
  const ref = trace.raw_payloads.get(id);
  if (!ref) return `(${id} is not in the recording)`;
  try {
    return indented(payloads.readNow(ref));
  } catch (error) {
    if (!isTraceError(error)) throw error;
    return `(${error.problem.message})`;
  }
};

/** JSON that JSON.parse would change, such as integers beyond the exact range of numbers, stays as it is. */
export const indented = (text: string): string => {
  const compact = compactJson(text);
  if (compact === undefined) return text;
  const value: unknown = JSON.parse(text);
  return JSON.stringify(value) === compact ? JSON.stringify(value, null, 2) : text;
};
