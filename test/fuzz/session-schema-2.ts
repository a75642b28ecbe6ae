import { choose, weighted } from './choose.js';
import type { SessionDialect } from './session-dialect.js';
import { identifiedItems } from './session-identity.js';
import { acceptAny, acceptHistory, acceptMail, endOrResume } from './session-receipts.js';
import { aggregatedTools, resolveTarget } from './session-terminals.js';

/** How much a session has of terminals, and of messages between agents: both meet only where there are many. */
const themes = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

/** Sessions of schema 2: items have ids and receipts, writes find their target, and nothing is renumbered. */
export const sessionsOfSchema2: SessionDialect = {
  schema: 2,
  seq: (_random, place) => place,
  longest: 60,
  items: identifiedItems,
  tools: aggregatedTools,
  cellReport: (random, log) =>
    random.chance(0.6) ? { response_payload: log.payload('tool_result', { any: 'thing' }) } : {},
  steps: (session) => {
    const [terminals, mails] = choose(session.random, themes) ?? [0, 0];
    return weighted<() => void>(
      [4, () => acceptAny(session)],
      [4 + 4 * mails, () => acceptMail(session)],
      [4, () => acceptHistory(session)],
      [2 + 8 * terminals, () => resolveTarget(session)],
      [14 * terminals + 6 * mails, () => session.startTool()],
      [26 * terminals + 12 * mails, () => session.continueTool()],
      [3 * mails, () => session.observeResult()],
      [2, endOrResume(session)],
      [1, () => session.requestAgain()],
    );
  },
  close({ random, log }) {
    if (random.chance(0.8)) log.event(null, null, { type: 'rollout_ended', status: 'completed' });
    if (random.chance(0.85)) log.event(null, null, { type: 'recording_completed' });
  },
};
