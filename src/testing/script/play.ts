import type { Session, Step, Turn } from '../session.js';
import {
  endAgent,
  newItem,
  readMailbox,
  remember,
  startAgent,
  type ActiveTurn,
  type Agent,
  type Stage,
} from './agent.js';
import { playCompaction } from './compaction.js';
import { playExchange } from './exchange.js';
import { message } from './items.js';
import { schema1 } from './schema-1.js';
import { schema2 } from './schema-2.js';
import { after, nobody, Script, start } from './script.js';

export const TRACE_ID = 'trace';

/** Plays a session to its end, whatever becomes of its recording. */
export const play = ({ schema, turns, end: status }: Session): Script => {
  const script = new Script(schema);
  const stage: Stage = { script, dialect: schema === 1 ? schema1 : schema2, agents: [] };
  const ids = { trace_id: TRACE_ID, root_thread_id: rootThread };
  const root = startAgent(stage, null, script.event(nobody, 'rollout_started', ids, start));
  for (const turn of turns) playTurn(stage, root, turn);
  for (const agent of stage.agents) if (!agent.ended) endAgent(stage, agent, start);
  const all = { causes: [...script.events.keys()], races: [] };
  const ended = script.event(nobody, 'rollout_ended', { status }, all);
  if (schema === 2) script.event(nobody, 'recording_completed', {}, ended);
  return script;
};

/** The first thread of every session. */
export const rootThread = '00000000-0000-4000-8000-000000000001';

/** One turn of an agent: its letters, a prompt, some steps, and an answer where somebody waits for it. */
export const playTurn = (stage: Stage, thread: Agent, plan: Turn, answer?: string): ActiveTurn => {
  const { script } = stage;
  const active: ActiveTurn = { thread, turn: `turn_${script.next('turn')}`, closing: start };
  const fields = { codex_turn_id: active.turn, thread_id: thread.id };
  thread.now = script.event(active, 'codex_turn_started', fields, thread.now);
  if (thread.history.length === 0) {
    remember(stage, active, [newItem(stage, message('developer', 'instructions'))]);
  }
  readMailbox(stage, active);
  if (plan.prompt !== '') remember(stage, active, [newItem(stage, message('user', plan.prompt))]);
  for (const step of plan.steps) playStep(stage, active, step);
  if (answer !== undefined) playStep(stage, active, answerOf(answer));
  const ended = { codex_turn_id: active.turn, status: plan.end };
  thread.now = script.event(active, 'codex_turn_ended', ended, after(thread.now, active.closing));
  return active;
};

/** An answer stands alone in its response, so that no other message could be taken for it. */
const answerOf = (text: string): Step => ({
  type: 'exchange',
  incremental: false,
  outcome: 'completed',
  reasoning: null,
  text,
  calls: [],
  early: false,
});

const playStep = (stage: Stage, turn: ActiveTurn, step: Step): void => {
  switch (step.type) {
    case 'exchange':
      return playExchange(stage, turn, step, (child, plan, answer) => playTurn(stage, child, plan, answer));
    case 'compaction':
      return playCompaction(stage, turn, step);
    case 'notice': {
      const { script } = stage;
      const event_payload = script.payload('protocol_event', { type: step.event });
      const fields = { event_type: step.event, event_payload };
      const { thread } = turn;
      const noticed = script.event(turn, 'protocol_event_observed', fields, thread.now);
      thread.beside = after(thread.beside, noticed);
    }
  }
};
