import { commonLength, type CommonLength } from '../json/common-length.js';
import { JsonSyntaxError, parseExact } from '../json/exact.js';
import { parseJson } from '../json/parse.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { RawPayloadRef } from '../model/payload-ref.js';
import type { WireInteger } from '../model/integers.js';

/** A payload that was read: its exact text, and the JSON in it. */
export interface PayloadBody {
  readonly ref: RawPayloadRef;
  readonly text: string;
  readonly value: unknown;
}

/**
 * An event's payload, read when a step asks for it: what no step needs is never opened. Reading twice
 * gives the same body, or throws the same TraceError.
 */
export interface EventPayload {
  readonly ref: RawPayloadRef;
  read(): PayloadBody;
}

export interface PayloadHandle extends EventPayload {
  /** The bytes as they lie in the file, where the store can give them; nothing is known of what they hold. */
  readBytes(): Uint8Array | undefined;
  /** Compares bytes of this store, as fast as it can. */
  readonly commonLength: CommonLength;
  /** Throws as `read` does where the payload is missing or no JSON, unless somebody has read it. Keeps nothing. */
  verify(): void;
}

/**
 * Payload texts at hand or on disk. Throws `payload_missing`, as `payloadMissing(ref)` makes it,
 * `payload_outside_bundle` or `payload_invalid`; what else it throws ends the reduction.
 */
export interface SyncPayloadStore {
  readNow(ref: RawPayloadRef): string;
  /** For a store of bytes: lets what two requests share be skipped before it is decoded. */
  readonly bytes?: PayloadByteStore;
}
export interface PayloadByteStore {
  /** The bytes of a payload, in memory of their own. Throws as `readNow` does. */
  readNow(ref: RawPayloadRef): Uint8Array;
  /** The text that `readNow` of the store gives for these bytes. Throws `payload_invalid`. */
  decode(bytes: Uint8Array, ref: RawPayloadRef): string;
  /** For a platform that compares bytes faster than a loop can. */
  readonly commonLength?: CommonLength;
}
/** Payload texts that take time, such as a download. Rejects as the synchronous store throws. */
export interface AsyncPayloadStore {
  load(ref: RawPayloadRef): Promise<string>;
}
export type PayloadStore = SyncPayloadStore | AsyncPayloadStore;

/** The event that names a payload: its errors say so. */
interface Mention {
  readonly seq: WireInteger;
}

/** A handle that reads at most once. */
export const payloadHandle = (
  ref: RawPayloadRef,
  mention: Mention,
  readText: () => string,
  byteStore?: PayloadByteStore,
): PayloadHandle => {
  let outcome: { body: PayloadBody } | { error: TraceError } | undefined;
  let bytes: Uint8Array | undefined;
  const attempt = (): { body: PayloadBody } | { error: TraceError } => {
    try {
      const text = bytes && byteStore ? byteStore.decode(bytes, ref) : readText();
      return { body: { ref, text, value: parseJson(text) } };
    } catch (error) {
      return { error: asPayloadError(ref, mention, error) };
    }
  };
  return {
    ref,
    commonLength: byteStore?.commonLength ?? commonLength,
    read() {
      outcome ??= attempt();
      if ('error' in outcome) throw outcome.error;
      return outcome.body;
    },
    readBytes() {
      // What was read as text need not be opened again: its bytes are UTF-8.
      if (outcome && 'body' in outcome && byteStore) bytes ??= new TextEncoder().encode(outcome.body.text);
      bytes ??= byteStore?.readNow(ref);
      return bytes;
    },
    verify() {
      if (bytes || (outcome && 'body' in outcome)) return;
      try {
        verifyJson(readText());
      } catch (error) {
        throw outcome?.error ?? asPayloadError(ref, mention, error);
      }
    },
  };
};

/** What the original takes for JSON where it keeps nothing of it: any depth, and any escape. */
const verifyJson = (text: string): void => {
  try {
    JSON.parse(text);
  } catch {
    // Only the exact parser knows the place.
    parseExact(text);
  }
};

/** Whatever went wrong with a payload, as one error that names the event and the file. */
const asPayloadError = (ref: RawPayloadRef, mention: Mention, cause: unknown): TraceError => {
  const where = { file: ref.path, seq: mention.seq, entity: ref.raw_payload_id };
  if (cause instanceof TraceError) {
    const { code, message } = cause.problem;
    return new TraceError({ ...describeProblem(code, message, where) }, { cause });
  }
  if (cause instanceof JsonSyntaxError) {
    const message = `payload ${ref.raw_payload_id} is not valid JSON: ${cause.message}`;
    return new TraceError(describeProblem('payload_invalid', message, { ...where, line: cause.line }), {
      cause,
    });
  }
  throw cause;
};
