import { commandStep } from './command-step.js';
import { functionCall, functionOutput, message } from './history.js';
import type { Session, Thread, Turn } from './session.js';
import { runtimeEnded, runtimeStarted, toolAnswered, toolStarted } from './tool-events.js';

/** spawn_agent: the child works through one turn at once, and its answer comes back as a letter. */
export function childStep(session: Session, turn: Turn): void {
  const taskName = `task_${session.next('task')}`;
  const child = spawn(session, turn, taskName);
  const childTurn = session.startTurn(child);
  for (let left = session.random.integer(2, 5); left > 0; left -= 1) commandStep(session, childTurn);
  const answer = `${taskName} done: ${session.texts.output(300)}`;
  session.infer(childTurn, [message('assistant', answer, 'final_answer')]);
  session.endTurn(childTurn);
  report(session, turn, childTurn, answer);
  session.endThread(child);
}

function spawn(session: Session, turn: Turn, taskName: string): Thread {
  const { writer, random, texts, dialect } = session;
  const { namespace } = dialect.agents;
  const parent = turn.thread;
  const id = `call_${session.next('call')}`;
  const agentPath = `${parent.agentPath}/${taskName}`;
  const childThreadId = random.uuid(writer.now);
  const prompt = `${taskName}: ${texts.ascii(200)}`;
  const args = JSON.stringify({ task_name: taskName, message: prompt });
  session.infer(turn, [session.reasoning(), functionCall('spawn_agent', id, args, namespace)]);
  toolStarted(session, turn, { id, name: 'spawn_agent', namespace, args });

  const ids = { callId: id, parentThreadId: parent.id, childThreadId };
  const spawned = { ...ids, agentPath, prompt, startedAt: writer.now };
  const begin = dialect.agents.spawnStarted(spawned);
  if (begin !== null) runtimeStarted(session, turn, id, 'spawn_agent', begin);
  const child = session.startThread(childThreadId, agentPath, { parentThreadId: parent.id, taskName });
  runtimeEnded(session, turn, id, dialect.agents.spawnEnded(spawned));
  toolAnswered(session, turn, id, functionOutput(id, JSON.stringify({ task_name: agentPath })));
  const addresses = { author: parent.agentPath, recipient: agentPath };
  session.storeAhead(child, dialect.agents.letter({ kind: 'NEW_TASK', ...addresses, text: prompt }));
  return child;
}

function report(session: Session, turn: Turn, childTurn: Turn, answer: string): void {
  const { writer, dialect } = session;
  const { thread: parent } = turn;
  const { thread: child, turnId } = childTurn;
  const addresses = { author: child.agentPath, recipient: parent.agentPath };
  const letter = { kind: 'FINAL_ANSWER', ...addresses, text: answer } as const;
  const words = dialect.agents.answer(letter);
  const payload = writer.payload('agent_result', {
    child_agent_path: child.agentPath,
    message: words,
    status: { completed: answer },
  });
  writer.event(childTurn, 'agent_result_observed', {
    edge_id: `edge:agent_result:${child.id}:${turnId}:${parent.id}`,
    child_thread_id: child.id,
    child_codex_turn_id: turnId,
    parent_thread_id: parent.id,
    message: words,
    carried_payload: payload,
  });
  session.store(turn, dialect.agents.letter(letter));
}
