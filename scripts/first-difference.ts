import { closeSync, openSync, readSync } from 'node:fs';
import { printTrace, type RolloutTrace } from '../src/index.js';

/** Bytes that are shown before a difference, and from it on. */
const BEFORE = 60;
const AFTER = 60;

/**
 * Where the printed trace and a file differ for the first time, in words, or undefined. Both are read piece by
 * piece: neither need fit into memory.
 */
export const firstDifference = (trace: RolloutTrace, file: string): string | undefined => {
  const descriptor = openSync(file, 'r');
  try {
    let offset = 0;
    for (const text of printTrace(trace)) {
      const ours = Buffer.from(text);
      const theirs = read(descriptor, offset, ours.length);
      if (!ours.equals(theirs)) return describe(offset, ours, theirs, descriptor);
      offset += ours.length;
    }
    const rest = read(descriptor, offset, AFTER);
    return rest.length === 0 ? undefined : describe(offset, Buffer.alloc(0), rest, descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Bytes of a file at a position; fewer at its end. */
const read = (descriptor: number, position: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
};

const describe = (offset: number, ours: Buffer, theirs: Buffer, descriptor: number): string => {
  let same = 0;
  while (same < ours.length && ours[same] === theirs[same]) same += 1;
  const at = offset + same;
  const start = Math.max(0, at - BEFORE);
  const common = read(descriptor, start, at - start);
  const show = (bytes: Buffer): string => JSON.stringify(bytes.subarray(same, same + AFTER).toString());
  return `differs at byte ${at}, after ${JSON.stringify(common.toString())}: here ${show(ours)}, the original ${show(theirs)}`;
};
