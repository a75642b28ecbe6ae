import type { Problem } from '../../errors/trace-error.js';
import { printExact } from '../../json/exact.js';
import type { Manifest } from '../../model/manifest.js';
import type { RawPayloadRef } from '../../model/payload-ref.js';
import type { RawTraceEvent } from '../../model/raw-event.js';
import { parsedExact } from './parsed-exact.js';
import { pseudonyms } from './pseudonyms.js';
import { idOf, payloadPath, redactJson } from './redact-json.js';
import { toExact } from './to-exact.js';

/** Takes what was said and done out of a recording, and leaves its shape. */
export interface Redaction {
  manifest(manifest: Manifest): string;
  event(event: RawTraceEvent): string;
  payload(text: string): string;
  path(path: string): string;
  /** Why a payload cannot be read: the words of a system name folders. */
  problem(problem: Problem, ref: RawPayloadRef): Problem;
}

/** Stands for a line and for a payload that is no JSON: it is none either, so that the same problem is found. */
export const NO_JSON = '[redacted';

/** One for a whole recording: equal texts stay equal in all of its files, or nothing would fit together. */
export const redaction = (): Redaction => {
  const known = pseudonyms();
  // What a reader would ignore could be anything: of data that was read, nothing else is printed.
  const data = (value: unknown): string => printExact(redactJson(toExact(value), known));
  return {
    manifest: data,
    event: data,
    payload(text) {
      const value = parsedExact(text);
      return value === undefined ? NO_JSON : printExact(redactJson(value, known));
    },
    path: (path) => payloadPath(path, known),
    problem: (problem, ref) => ({
      ...problem,
      message: `payload ${idOf(ref.raw_payload_id, known)} could not be read`,
      file: payloadPath(ref.path, known),
    }),
  };
};
