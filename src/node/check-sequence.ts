import { LOG_FILE } from '../model/files.js';
import type { LogEntry } from '../bundle/log-entry.js';
import { warningFinding, type Finding } from './check-findings.js';

/**
 * Looks at the numbers of neighbouring events, which rise by one from 1 in every log that a recorder wrote.
 * A gap that unreadable lines explain is no finding of its own.
 */
export const sequenceCheck = (): ((entry: LogEntry) => Finding | undefined) => {
  let previous = 0n;
  let unreadable = 0n;
  return (entry) => {
    if (entry.type === 'problem') {
      unreadable += 1n;
      return undefined;
    }
    const { line, event } = entry;
    const seq = BigInt(event.seq);
    const isExplained = seq - previous - 1n <= unreadable;
    const where = { file: LOG_FILE, line, seq: event.seq };
    const after = previous;
    previous = seq;
    unreadable = 0n;
    if (seq > after) return isExplained ? undefined : warningFinding('seq_gap', gap(after, seq), where);
    if (seq === after) return warningFinding('seq_repeated', `seq ${seq} is repeated`, where);
    return warningFinding('seq_back', `seq goes back from ${after} to ${seq}`, where);
  };
};

const gap = (after: bigint, seq: bigint): string => {
  if (after === 0n) return `the log begins with seq ${seq}, not 1`;
  const [first, last] = [after + 1n, seq - 1n];
  return first === last ? `seq ${first} is missing` : `seq ${first} to ${last} are missing`;
};
