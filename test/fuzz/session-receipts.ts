import { choose } from './choose.js';
import type { SessionState } from './session-dialect.js';
import { itemIds, mailIds } from './session-identity.js';
import { agentMessage, anyAgent, pick } from './session-items.js';
import type { Agent } from './session-log.js';

/** Accepts an item of any id, whether it was seen or will be: also twice, also for another thread. */
export const acceptAny = (session: SessionState): void => {
  const { random, log } = session;
  const { agent, turn } = session.place();
  const accepted = {
    type: 'history_item_accepted',
    item_id: pick<string>(random, [...itemIds, 'never seen']),
  };
  log.event(agent, random.chance(0.9) ? turn : null, accepted);
};

/** Accepts a message between agents, and mostly brings it. */
export const acceptMail = (session: SessionState): void => {
  const { random, log } = session;
  const { agent, turn } = session.place();
  const item_id = pick(random, mailIds);
  const accepted = { type: 'history_item_accepted', item_id };
  const id = random.chance(0.98) ? item_id : 'another';
  const delivered = random.chance(0.7) && { recipient: agent.path };
  const brought = random.chance(0.8) && {
    agent_message_payload: log.payload('protocol_event', { ...agentMessage(random), ...delivered, id }),
  };
  log.event(agent, pick(random, [turn, turn, turn, 'unknown turn', null]), { ...accepted, ...brought });
};

/** Accepts what the next request would carry, as a recorder does after each step. */
export const acceptHistory = (session: SessionState): void => {
  const { random, log } = session;
  const { agent, turn } = session.place();
  for (const { id } of session.historyOf(agent)) {
    if (typeof id !== 'string' || random.chance(0.2)) continue;
    log.event(agent, turn, { type: 'history_item_accepted', item_id: id });
  }
};

/** Ends the thread of an agent, or takes it up again. */
export const endOrResume = ({ random, log }: SessionState): (() => void) => {
  const ended = new Set<Agent>();
  return () => {
    const agent = anyAgent(random);
    if (!agent) return;
    const thread = { thread_id: agent.id };
    if (ended.delete(agent)) {
      log.event(null, null, { type: 'thread_resumed', ...thread });
    } else {
      ended.add(agent);
      const status = choose(random, ['completed', 'failed', 'aborted', 'running']) ?? '';
      log.event(agent, null, { type: 'thread_ended', ...thread, status });
    }
  };
};
