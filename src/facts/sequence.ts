import type { WireInteger } from '../model/integers.js';

/** What is odd about two neighbouring numbers of events, which rise by one in every log that a recorder wrote. */
export type SequenceIssue =
  | { readonly type: 'gap'; readonly first: bigint; readonly last: bigint }
  | { readonly type: 'repeated' }
  | { readonly type: 'back' };

/** `previous` is 0 before the first event. A gap that unreadable lines explain is no issue of its own. */
export const sequenceIssue = (
  previous: WireInteger,
  seq: WireInteger,
  unreadable: number,
): SequenceIssue | undefined => {
  const [before, now] = [BigInt(previous), BigInt(seq)];
  if (now === before) return { type: 'repeated' };
  if (now < before) return { type: 'back' };
  const missing = now - before - 1n;
  return missing <= BigInt(unreadable) ? undefined : { type: 'gap', first: before + 1n, last: now - 1n };
};

/** The issue in words. */
export const describeSequence = (issue: SequenceIssue, previous: WireInteger, seq: WireInteger): string => {
  switch (issue.type) {
    case 'gap':
      if (BigInt(previous) === 0n) return `the log begins with seq ${seq}, not 1`;
      return issue.first === issue.last
        ? `seq ${issue.first} is missing`
        : `seq ${issue.first} to ${issue.last} are missing`;
    case 'repeated':
      return `seq ${seq} is repeated`;
    case 'back':
      return `seq goes back from ${previous} to ${seq}`;
  }
};
