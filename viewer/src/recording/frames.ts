import type { RecordingFrameHeader } from 'rollout-trace/node';
import { readHeader } from './read-header.js';

/** A frame of a recording with its body, which is empty where it has none. */
export interface Frame {
  readonly header: RecordingFrameHeader;
  readonly body: Uint8Array;
}

const NEWLINE = 0x0a;
const utf8 = new TextDecoder();

/** Cuts a stream of bytes into frames; its pieces may end anywhere. */
export const frameReader = (): ((piece: Uint8Array) => readonly Frame[]) => {
  let rest: Uint8Array = new Uint8Array();
  /** A header whose body is still to come. */
  let open: RecordingFrameHeader | undefined;
  return (piece) => {
    const bytes = joined(rest, piece);
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      if (!open) {
        const end = bytes.indexOf(NEWLINE, at);
        if (end === -1) break;
        open = readHeader(utf8.decode(bytes.subarray(at, end)));
        at = end + 1;
      }
      const length = 'length' in open ? open.length : 0;
      if (bytes.length - at < length) break;
      frames.push({ header: open, body: bytes.slice(at, at + length) });
      at += length;
      open = undefined;
    }
    rest = bytes.subarray(at);
    return frames;
  };
};

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};
