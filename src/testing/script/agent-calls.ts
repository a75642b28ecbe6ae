import type { AssignCall, CloseCall, MessageCall, SpawnCall, Turn } from '../session.js';
import { endAgent, startAgent, type ActiveTurn, type Agent, type Stage } from './agent.js';
import type { AgentAction, Letter } from './dialect.js';
import { functionCall, functionOutput } from './items.js';
import { after, raced, start, type Moment } from './script.js';
import { taken } from './tool-calls.js';
import {
  answered,
  runtimeEnded,
  runtimeStarted,
  startedAs,
  toolEnded,
  toolStarted,
  type CallEnd,
  type PlayTurn,
  type PreparedCall,
} from './tool.js';

interface Acting {
  readonly id: string;
  readonly type: AgentAction['type'];
  readonly prompt: string;
}

/** The parts of a tool that does something to another agent. */
const acting = (stage: Stage, turn: ActiveTurn, { id, type, prompt }: Acting) => {
  const { actionBegin, actionEnd } = stage.dialect;
  const kind = { type };
  const args = { message: prompt };
  const actionOn = (receiver: Agent): AgentAction => ({
    type,
    callId: id,
    sender: turn.thread.id,
    receiver: receiver.id,
    receiverPath: receiver.path,
    prompt,
  });
  return {
    item: functionCall(type, id, args),
    start: (...from: readonly Moment[]) =>
      startedAs(toolStarted(stage, turn, { id, kind, name: type, args }, after(...from))),
    begin(receiver: Agent, from: Moment): Moment {
      if (!actionBegin) return from;
      return runtimeStarted(stage, turn, { id, kind }, actionBegin(actionOn(receiver)), from);
    },
    /** When the letter is on its way. Where the graph knew of it before the end, the end comes too late for it. */
    sent: (begun: Moment, ended: Moment): Moment => (actionBegin ? after(begun, raced(ended)) : begun),
    end: (receiver: Agent, from: Moment): Moment =>
      runtimeEnded(stage, turn, id, { details: actionEnd(actionOn(receiver)) }, from),
    answer(from: Moment): CallEnd {
      const output = functionOutput(id, 'done');
      return { output, done: toolEnded(stage, turn, id, { result: answered(output) }, from) };
    },
  };
};

/** Texts that no other letter has: a graph finds the letter of a call by its text. */
const unlike = ({ script }: Stage, text: string): string => `${text} ${script.next('letter')}`;

const send = (sender: Agent, to: Agent, kind: Letter['kind'], text: string, sent: Moment): void => {
  to.mailbox.push({ letter: { kind, author: sender.path, recipient: to.path, text }, sent });
};

export const prepareSpawn = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  plan: SpawnCall,
  playTurn: PlayTurn,
): PreparedCall => {
  const prompt = unlike(stage, plan.task);
  const tool = acting(stage, turn, { id, type: 'spawn_agent', prompt });
  return {
    item: tool.item,
    start: tool.start,
    run(from) {
      const child = startAgent(stage, turn.thread, from);
      const end = tool.answer(tool.end(child, child.now));
      send(turn.thread, child, 'task', prompt, start);
      work(stage, child, plan.turn, playTurn);
      return end;
    },
  };
};

/** A turn of a child. The parent hears what became of it, if it was completed. */
const work = (stage: Stage, child: Agent, plan: Turn, playTurn: PlayTurn): void => {
  const { script, dialect } = stage;
  const { parent } = child;
  const text = plan.end === 'completed' ? unlike(stage, 'answer') : undefined;
  const { turn } = playTurn(child, plan, text);
  if (!parent || text === undefined) return;
  const words = dialect.answer({ kind: 'answer', author: child.path, recipient: parent.path, text });
  const fields = {
    edge_id: `edge:agent_result:${child.id}:${turn}:${parent.id}`,
    child_thread_id: child.id,
    child_codex_turn_id: turn,
    parent_thread_id: parent.id,
    message: words,
    carried_payload: script.payload('agent_result', { message: words }),
  };
  const observed = script.event({ thread: child, turn }, 'agent_result_observed', fields, child.now);
  child.beside = after(child.beside, observed);
  send(child, parent, 'answer', text, observed);
};

export const prepareMessage = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  plan: MessageCall,
): PreparedCall | undefined => {
  const { thread } = turn;
  const receiver = plan.to === 'parent' ? thread.parent : taken(thread.children, plan.to);
  if (!receiver) return undefined;
  const prompt = unlike(stage, plan.text);
  const tool = acting(stage, turn, { id, type: 'send_message', prompt });
  return {
    item: tool.item,
    start: tool.start,
    run(from) {
      const begun = tool.begin(receiver, from);
      const ended = tool.end(receiver, begun);
      send(thread, receiver, 'message', prompt, tool.sent(begun, ended));
      return tool.answer(ended);
    },
  };
};

export const prepareAssign = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  plan: AssignCall,
  playTurn: PlayTurn,
): PreparedCall | undefined => {
  const { script } = stage;
  const child = taken(turn.thread.children, plan.child);
  if (!child || (child.ended && script.schema === 1)) return undefined;
  const prompt = unlike(stage, plan.text);
  const tool = acting(stage, turn, { id, type: 'assign_agent_task', prompt });
  return {
    item: tool.item,
    start: tool.start,
    run(from) {
      const begun = tool.begin(child, from);
      const ended = tool.end(child, begun);
      const end = tool.answer(ended);
      // It may have been closed beside this call.
      if (child.ended && script.schema === 1) return end;
      child.now = after(child.now, begun);
      if (child.ended) {
        const context = { thread: child, turn: null };
        child.now = script.event(context, 'thread_resumed', { thread_id: child.id }, child.now);
        child.ended = false;
      }
      send(turn.thread, child, 'task', prompt, tool.sent(begun, ended));
      work(stage, child, plan.turn, playTurn);
      return end;
    },
  };
};

export const prepareClose = (
  stage: Stage,
  turn: ActiveTurn,
  id: string,
  plan: CloseCall,
): PreparedCall | undefined => {
  const child = taken(turn.thread.children, plan.child);
  if (!child || child.ended) return undefined;
  const tool = acting(stage, turn, { id, type: 'close_agent', prompt: '' });
  return {
    item: tool.item,
    start: tool.start,
    run(from) {
      const begun = tool.begin(child, from);
      if (child.ended) return tool.answer(tool.end(child, begun));
      endAgent(stage, child, begun);
      return tool.answer(tool.end(child, after(begun, child.now)));
    },
  };
};

export const prepareWaitAgent = (stage: Stage, turn: ActiveTurn, id: string): PreparedCall => {
  const kind = { type: 'wait_agent' } as const;
  return {
    item: functionCall('wait_agent', id, {}),
    start: (...from) =>
      startedAs(toolStarted(stage, turn, { id, kind, name: 'wait_agent', args: {} }, after(...from))),
    run(from) {
      const output = functionOutput(id, 'done');
      return { output, done: toolEnded(stage, turn, id, { result: answered(output) }, from) };
    },
    readsMail: true,
  };
};
