import type { WireInteger } from '../model/integers.js';
import { plainText } from './plain-text.js';

/** Characters of a recorded text that can matter to one line. */
const LONGEST = 500;

/** Recorded text on one line: white space becomes one blank, and what a terminal would obey is shown. */
export const oneLine = (text: string): string =>
  plainText(text.slice(0, LONGEST).replace(/\s+/g, ' ').trim());

/** `12s`, `3m05s`, `2h03m`, `4d05h`. A clock that is behind the recorder's shows no time before the start. */
export const duration = (since: WireInteger, until: WireInteger): string => {
  const seconds = Math.max(0, Math.floor((Number(until) - Number(since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${seconds}s`;
  if (hours === 0) return `${minutes}m${twoDigits(seconds % 60)}s`;
  if (hours < 24) return `${hours}h${twoDigits(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d${twoDigits(hours % 24)}h`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `950`, `12.3k`, `1.2M`. */
export const amountOf = (count: bigint): string => {
  if (count < 1000n) return String(count);
  const thousands = Number(count) / 1000;
  return thousands < 999.95 ? `${thousands.toFixed(1)}k` : `${(thousands / 1000).toFixed(1)}M`;
};

/** `1 event`, `2 events`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
