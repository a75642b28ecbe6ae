/** What a payload adds to one before it. */
export interface PackedPayload {
  /** Bytes that both begin with, and bytes that both end with. */
  readonly head: number;
  readonly tail: number;
  readonly body: Uint8Array;
}

/** Requests of a thread repeat its history: most of each is the request before. */
export const packPayload = (bytes: Buffer, base: Buffer): PackedPayload => {
  const most = Math.min(bytes.length, base.length);
  const head = sharedStart(bytes, base, most);
  const tail = sharedEnd(bytes, base, most - head);
  return { head, tail, body: bytes.subarray(head, bytes.length - tail) };
};

/** Bytes that are compared at once; memory is compared much faster than JavaScript counts. */
const CHUNK = 4096;

const sharedStart = (a: Buffer, b: Buffer, most: number): number => {
  let count = 0;
  while (count + CHUNK <= most && a.compare(b, count, count + CHUNK, count, count + CHUNK) === 0) {
    count += CHUNK;
  }
  while (count < most && a[count] === b[count]) count += 1;
  return count;
};

const sharedEnd = (a: Buffer, b: Buffer, most: number): number => {
  let count = 0;
  const isShared = (next: number): boolean =>
    a.compare(b, b.length - next, b.length - count, a.length - next, a.length - count) === 0;
  while (count + CHUNK <= most && isShared(count + CHUNK)) count += CHUNK;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
};
