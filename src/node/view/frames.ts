import type { Problem } from '../../errors/trace-error.js';

/**
 * A recording as one stream, for a reader that has no files: a line of JSON for each frame, and behind it the
 * `length` bytes of its body, where it has one. What an event names stands before the event.
 */
export type FrameHeader =
  /** The text of `manifest.json`; begins everything. */
  | { readonly type: 'manifest'; readonly length: number }
  | LineHeader
  | PayloadHeader
  /** A payload that cannot be read, and why. */
  | { readonly type: 'unreadable'; readonly path: string; readonly problem: Problem }
  /** All that is there now was told; more may follow. */
  | { readonly type: 'caught_up' }
  /** Nothing that was told before counts any more. */
  | { readonly type: 'restart' };

/** One line of the log that is not blank, without its line break. */
export interface LineHeader {
  readonly type: 'line';
  /** Its number, from 1. */
  readonly line: number;
  /** Whether a line break ends it. */
  readonly complete: boolean;
  /** Where it is not, the line has no body. */
  readonly isUtf8: boolean;
  readonly length: number;
}

/**
 * The bytes of a payload. Where it has much in common with one that was told before, the body is only what
 * differs: it stands between the first `head` and the last `tail` bytes of `base`.
 */
export interface PayloadHeader {
  readonly type: 'payload';
  readonly path: string;
  readonly base: string | null;
  readonly head: number;
  readonly tail: number;
  readonly length: number;
}

const NO_BYTES = new Uint8Array();

export const encodeFrame = (header: FrameHeader, body: Uint8Array = NO_BYTES): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify(header, wideAsText)}\n`), body]);

/** JSON of JavaScript has no bigint; as text it keeps its digits. */
const wideAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;
