import { LOG_FILE } from '../model/files.js';
import type { EventPayload, PayloadBody, PayloadHandle } from '../bundle/payload.js';
import type { ProblemCode } from '../errors/codes.js';
import { describeProblem, TraceError } from '../errors/trace-error.js';
import type { EventSource } from './event-source.js';
import type { ProblemFact } from './facts.js';

/** Takes problems; every `emit` does. */
export type Report = (fact: ProblemFact) => void;

/** A problem of the event at hand. */
export const problem = (
  at: EventSource,
  code: ProblemCode,
  entity: string | null,
  message: string,
): ProblemFact => ({
  type: 'problem',
  problem: describeProblem(code, message, { file: LOG_FILE, line: at.line, seq: at.seq, entity }),
});

/** Reads a payload; reports a problem and gives undefined where that fails. */
export const readPayload = (payload: EventPayload, report: Report): PayloadBody | undefined => {
  try {
    return payload.read();
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    report({ type: 'problem', problem: error.problem });
    return undefined;
  }
};

/** What is wrong with a payload that nobody has read, if anything is; nothing of it is kept. */
export const unreadProblem = (payload: PayloadHandle): ProblemFact | undefined => {
  try {
    payload.verify();
    return undefined;
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return { type: 'problem', problem: error.problem };
  }
};
