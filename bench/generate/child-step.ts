import { commandStep } from './command-step.js';
import { functionCall, functionOutput, mail, message } from './history.js';
import type { Session, Thread, Turn } from './session.js';
import { directResult, runtimeEnded, runtimeStarted, toolEnded, toolStarted } from './tool-events.js';

/** spawn_agent: the child works through one turn at once, and its answer comes back as a letter. */
export function childStep(session: Session, turn: Turn): void {
  const taskName = `task_${session.next('task')}`;
  const child = spawn(session, turn, taskName);
  const childTurn = session.startTurn(child);
  for (let left = session.random.integer(2, 5); left > 0; left -= 1) commandStep(session, childTurn);
  const answer = `${taskName} done: ${session.texts.output(300)}`;
  session.infer(childTurn, [message('assistant', answer, 'final_answer')]);
  session.endTurn(childTurn);
  report(session, turn.thread, childTurn, answer);
  session.endThread(child);
}

function spawn(session: Session, turn: Turn, taskName: string): Thread {
  const { writer, random, texts } = session;
  const parent = turn.thread;
  const id = `call_${session.next('call')}`;
  const agentPath = `${parent.agentPath}/${taskName}`;
  const childId = random.uuid(writer.now);
  const prompt = `${taskName}: ${texts.ascii(200)}`;
  const args = JSON.stringify({ task_name: taskName, message: prompt });
  session.infer(turn, [session.reasoning(), functionCall('spawn_agent', id, args)]);
  toolStarted(session, turn, { id, name: 'spawn_agent', args });

  const begin = {
    call_id: id,
    started_at_ms: writer.now,
    completed_at_ms: writer.now,
    sender_thread_id: parent.id,
    prompt,
    model: 'gpt-5',
    reasoning_effort: 'medium',
  };
  runtimeStarted(session, turn, id, begin);
  const child = session.startThread(childId, agentPath, { parentThreadId: parent.id, taskName });
  const agent = { new_thread_id: childId, new_agent_nickname: 'Ada', new_agent_role: 'explorer' };
  runtimeEnded(session, turn, id, { ...begin, ...agent, status: 'running' });
  const shown = JSON.stringify({ task_name: agentPath });
  toolEnded(session, turn, id, directResult(id, shown));
  parent.history.push(functionOutput(id, shown));
  child.history.push(mail(parent.agentPath, agentPath, prompt));
  return child;
}

function report(session: Session, parent: Thread, childTurn: Turn, answer: string): void {
  const { thread: child, turnId } = childTurn;
  const payload = session.writer.payload('agent_result', {
    child_agent_path: child.agentPath,
    message: answer,
    status: { completed: answer },
  });
  session.writer.event(childTurn, 'agent_result_observed', {
    edge_id: `edge:agent_result:${child.id}:${turnId}:${parent.id}`,
    child_thread_id: child.id,
    child_codex_turn_id: turnId,
    parent_thread_id: parent.id,
    message: answer,
    carried_payload: payload,
  });
  parent.history.push(mail(child.agentPath, parent.agentPath, answer));
}
