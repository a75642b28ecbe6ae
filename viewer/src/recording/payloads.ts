import { TraceError, type Problem, type RawPayloadRef, type SyncPayloadStore } from 'rollout-trace';

/** The bytes of a payload, as far as another one does not have them. */
interface Packed {
  readonly base: string | null;
  readonly head: number;
  readonly tail: number;
  readonly body: Uint8Array;
}

export interface PackedPayloads extends SyncPayloadStore {
  add(path: string, packed: Packed): void;
  addUnreadable(path: string, problem: Problem): void;
  /** The text of a payload; undefined where it is not there. */
  text(path: string): string | undefined;
  /** What was told of each, in its order: everything that the payloads say is in one of these. */
  pieces(): Iterable<readonly [path: string, body: Uint8Array]>;
  problem(path: string): Problem | undefined;
  /** Bytes of the whole payload. */
  size(path: string): number;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Payloads in the memory that their differences take. A request of a long thread is put together when it is read. */
export const packedPayloads = (): PackedPayloads => {
  const all = new Map<string, Packed>();
  const sizes = new Map<string, number>();
  const problems = new Map<string, Problem>();
  /** The newest of each series is what the next one builds on. */
  const whole = new Map<string, Uint8Array>();

  const sizeOf = (path: string): number => sizes.get(path) ?? 0;

  const bytesOf = (path: string): Uint8Array | undefined => {
    const known = whole.get(path);
    if (known) return known;
    const packed = all.get(path);
    if (!packed) return undefined;
    const bytes = new Uint8Array(sizeOf(path));
    copy(path, 0, bytes.length, bytes, 0);
    return bytes;
  };

  /** Copies a part of a payload. What a base has is copied from there, and so on: not by a stack of calls. */
  const copy = (path: string, from: number, to: number, target: Uint8Array, at: number): void => {
    const work = [{ path, from, to, at }];
    for (let part = work.pop(); part; part = work.pop()) {
      const packed = all.get(part.path);
      if (!packed || part.from >= part.to) continue;
      const known = whole.get(part.path);
      if (known) {
        target.set(known.subarray(part.from, part.to), part.at);
        continue;
      }
      const { base, head, tail, body } = packed;
      const size = sizeOf(part.path);
      const middle = { from: Math.max(part.from, head), to: Math.min(part.to, head + body.length) };
      if (middle.from < middle.to) {
        target.set(body.subarray(middle.from - head, middle.to - head), part.at + middle.from - part.from);
      }
      if (base === null) continue;
      work.push({ path: base, from: part.from, to: Math.min(part.to, head), at: part.at });
      const end = Math.max(part.from, size - tail);
      const shift = sizeOf(base) - size;
      work.push({ path: base, from: end + shift, to: part.to + shift, at: part.at + end - part.from });
    }
  };

  const required = (ref: RawPayloadRef): Uint8Array => {
    const problem = problems.get(ref.path);
    if (problem) throw new TraceError(problem);
    const bytes = bytesOf(ref.path);
    if (bytes) return bytes;
    throw new TraceError({
      code: 'payload_missing',
      message: `payload ${ref.raw_payload_id} is not in the bundle`,
      hint: 'Copy the payload file into the bundle and reduce again.',
      file: ref.path,
      line: null,
      seq: null,
      entity: ref.raw_payload_id,
    });
  };

  return {
    add(path, packed) {
      all.set(path, packed);
      sizes.set(path, packed.head + packed.body.length + packed.tail);
      if (packed.base !== null || packed.body.length > LARGE) {
        const bytes = bytesOf(path);
        if (packed.base !== null) whole.delete(packed.base);
        if (bytes) whole.set(path, bytes);
        if (whole.size > SERIES)
          for (const first of whole.keys()) {
            whole.delete(first);
            break;
          }
      }
    },
    addUnreadable: (path, problem) => void problems.set(path, problem),
    text(path) {
      const bytes = bytesOf(path);
      return bytes && utf8.decode(bytes);
    },
    *pieces() {
      for (const [path, { body }] of all) yield [path, body];
    },
    problem: (path) => problems.get(path),
    size: sizeOf,
    readNow: (ref) => utf8.decode(required(ref)),
    bytes: {
      readNow: required,
      decode: (bytes) => utf8.decode(bytes),
    },
  };
};

/** Bytes from which a payload may be the base of others. */
const LARGE = 8192;
/** Payloads that are kept whole: about one for each thread that is at work. */
const SERIES = 64;
