import { readSync } from 'node:fs';
import type { LinePosition } from '../bundle/read-line.js';
import { decodeUtf8 } from './utf8.js';

/** A line of a log, without its line break. */
export interface LogLine {
  /** Undefined where the bytes are not UTF-8. */
  readonly text: string | undefined;
  readonly position: LinePosition;
  /** Bytes of the log that were read so far: at least up to the end of the line. */
  readonly read: number;
}

/** Small enough to stay in the caches, large enough for many lines. */
const BLOCK = 1 << 16;
export const NEWLINE = 0x0a;

/** Cuts a file into lines, which end with a line feed, or a carriage return and a line feed. */
export function* logLines(descriptor: number): Generator<LogLine, void, undefined> {
  let buffer = Buffer.allocUnsafeSlow(BLOCK);
  /** Bytes at the start of the buffer that belong to a line whose end was not read yet. */
  let held = 0;
  let read = 0;
  let line = 0;
  for (;;) {
    if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(held)]);
    const count = readSync(descriptor, buffer, held, buffer.length - held, null);
    read += count;
    const filled = buffer.subarray(0, held + count);
    const end = filled.lastIndexOf(NEWLINE) + 1;
    if (count === 0) {
      if (held > 0) yield { text: decodeUtf8(filled), position: { line: line + 1, complete: false }, read };
      return;
    }
    for (const text of end === 0 ? [] : linesIn(filled.subarray(0, end - 1))) {
      line += 1;
      yield {
        text: text?.endsWith('\r') ? text.slice(0, -1) : text,
        position: { line, complete: true },
        read,
      };
    }
    buffer.copyWithin(0, end, filled.length);
    held = filled.length - end;
  }
}

/** Decodes all lines at once, or one after the other where one of them is not UTF-8. */
export const linesIn = (bytes: Buffer): (string | undefined)[] => {
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text.split('\n');
  const lines: (string | undefined)[] = [];
  let start = 0;
  for (let stop = bytes.indexOf(NEWLINE); stop !== -1; stop = bytes.indexOf(NEWLINE, start)) {
    lines.push(decodeUtf8(bytes.subarray(start, stop)));
    start = stop + 1;
  }
  lines.push(decodeUtf8(bytes.subarray(start)));
  return lines;
};
