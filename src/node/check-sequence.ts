import type { LogEntry } from '../bundle/log-entry.js';
import { describeSequence, sequenceIssue } from '../facts/sequence.js';
import { LOG_FILE } from '../model/files.js';
import type { WireInteger } from '../model/integers.js';
import { warningFinding, type Finding } from './check-findings.js';

/** Looks at the numbers of neighbouring events, where the reduction does not. */
export const sequenceCheck = (): ((entry: LogEntry) => Finding | undefined) => {
  let previous: WireInteger = 0;
  let unreadable = 0;
  return (entry) => {
    if (entry.type === 'problem') {
      unreadable += 1;
      return undefined;
    }
    const { line, event } = entry;
    const issue = sequenceIssue(previous, event.seq, unreadable);
    const message = issue && describeSequence(issue, previous, event.seq);
    previous = event.seq;
    unreadable = 0;
    if (!issue || message === undefined) return undefined;
    return warningFinding(`seq_${issue.type}`, message, { file: LOG_FILE, line, seq: event.seq });
  };
};
