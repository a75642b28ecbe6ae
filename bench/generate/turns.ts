import { cellStep } from './cell-step.js';
import { childStep } from './child-step.js';
import { commandStep, stdinStep } from './command-step.js';
import { compactionStep } from './compaction-step.js';
import { message } from './history.js';
import type { Session, Thread, Turn } from './session.js';

/** One turn of the root thread: a prompt, some steps, an answer. */
export function rootTurn(session: Session, thread: Thread): void {
  const { random, texts, options, writer } = session;
  const turn = session.startTurn(thread);
  if (isDue(options.compactEvery, thread.turns - 1)) compactionStep(session, turn);
  const prompt = message('user', `turn ${thread.turns}: ${texts.output(random.integer(80, 600))}`);
  thread.userMessages.push(session.store(turn, prompt));
  for (let step = 1; step < options.turnLength && writer.events < options.events; step += 1) {
    if (step === 2 && isDue(options.childEvery, thread.turns)) childStep(session, turn);
    else commonStep(session, turn);
  }
  const answer = message('assistant', texts.output(random.integer(200, 900)), 'final_answer');
  session.infer(turn, [session.reasoning(), answer]);
  session.endTurn(turn);
}

function commonStep(session: Session, turn: Turn): void {
  const roll = session.random.next();
  const terminal = roll < 0.5 ? turn.thread.openTerminals.shift() : undefined;
  if (terminal !== undefined) stdinStep(session, turn, terminal);
  else if (roll < session.options.cellShare) cellStep(session, turn);
  else commandStep(session, turn);
}

function isDue(every: number, turns: number): boolean {
  return every > 0 && turns > 0 && turns % every === 0;
}
